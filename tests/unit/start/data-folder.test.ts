import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import {
  describeFolderFailure,
  keepSecrets,
  prepareDataFolder,
  requireRoom,
} from "@/lib/start/data-folder.mjs";

let folder = "";
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "plugfest-data-"));
});
afterEach(() => fs.rmSync(folder, { recursive: true }));

test("a data folder is made, and nobody else may look into it", () => {
  const data = path.join(folder, "one/two");
  prepareDataFolder(data);
  expect(fs.statSync(data).mode & 0o777).toBe(0o700);
  expect(fs.readdirSync(data)).toEqual([]);
});

test("a path that leads through a file is refused", () => {
  fs.writeFileSync(path.join(folder, "file"), "");
  const data = path.join(folder, "file/data");
  expect(() => prepareDataFolder(data)).toThrow(
    `The data folder ${data} cannot be made, because a part of that path is a file`,
  );
});

test("what the system says about a folder becomes a sentence with a way out", () => {
  const say = (code: string) => describeFolderFailure("/data", { code, message: code });
  const user = os.userInfo().username;
  expect(["EACCES", "EPERM", "EROFS", "ENOSPC"].map(say)).toEqual([
    `The data folder /data may not be read and written by the user "${user}": change its owner, or set PLUGFEST_DATA to another folder.`,
    `The data folder /data may not be read and written by the user "${user}": change its owner, or set PLUGFEST_DATA to another folder.`,
    "The data folder /data is on a disk that may only be read: set PLUGFEST_DATA.",
    "The disk that holds /data is full: make room and start again.",
  ]);
});

test("a disk without room is refused before anything is written", () => {
  expect(() => requireRoom("/data", 12_345_678)).toThrow(
    "The disk that holds /data has 12 MB left, and Plugfest needs 200 MB: make room, or set PLUGFEST_DATA to a folder on another disk.",
  );
  expect(() => requireRoom("/data", 200e6)).not.toThrow();
});

test("secrets are made once, each its own, and only this user may read them", () => {
  const first = keepSecrets(folder);
  expect(Object.keys(first)).toEqual(["authSecret", "postgres", "owner", "app"]);
  expect(new Set(Object.values(first)).size).toBe(4);
  expect(fs.statSync(path.join(folder, "secrets.json")).mode & 0o777).toBe(0o600);
  expect(keepSecrets(folder)).toEqual(first);
});

test("lost secrets are not replaced beside a database that was made with them", () => {
  fs.mkdirSync(path.join(folder, "postgres"));
  expect(() => keepSecrets(folder)).toThrow("put that file back");
});

test("spoilt secrets are named, not overwritten", () => {
  fs.writeFileSync(path.join(folder, "secrets.json"), '{"authSecret": ');
  expect(() => keepSecrets(folder)).toThrow("secrets.json cannot be read");
});

import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { takeLock } from "@/lib/start/lock.mjs";

let folder = "";
let file = "";
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "plugfest-lock-"));
  file = path.join(folder, "launcher.pid");
});
afterEach(() => fs.rmSync(folder, { recursive: true }));

function taken(lock: ReturnType<typeof takeLock>) {
  if (!("release" in lock)) throw new Error(`held by ${lock.holder}`);
  return lock;
}

test("a lock has one holder, and is free again when it is released", () => {
  const lock = taken(takeLock(file));
  expect(takeLock(file)).toEqual({ holder: process.pid });
  lock.release();
  expect(taken(takeLock(file)).wasLeftBehind).toBe(false);
});

test("the lock of a launcher that was killed is taken over", () => {
  const { pid } = spawnSync("true");
  fs.writeFileSync(file, `${pid} 12345\n`);
  expect(taken(takeLock(file)).wasLeftBehind).toBe(true);
});

test("a living process with the number of the dead holder holds nothing", () => {
  fs.writeFileSync(file, `${process.pid} an-earlier-birth\n`);
  expect(taken(takeLock(file)).wasLeftBehind).toBe(true);
});

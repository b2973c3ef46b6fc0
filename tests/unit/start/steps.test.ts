import { randomBytes } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { makeOnce } from "@/lib/start/steps.mjs";

let folder = "";
let name = "";
let times = 0;

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "plugfest-steps-"));
  name = `test-${randomBytes(4).toString("hex")}`;
  times = 0;
  write("source/a.txt", "a");
  write("source/deep/b.txt", "b");
});
afterEach(() => {
  fs.rmSync(folder, { recursive: true });
  fs.rmSync(path.resolve("build/made", name), { force: true });
});

function write(file: string, text: string): void {
  const full = path.join(folder, file);
  fs.mkdirSync(path.dirname(full), { recursive: true });
  fs.writeFileSync(full, text);
}

const inClone = (file: string) => path.relative(".", path.join(folder, file));

const make = () =>
  makeOnce(name, {
    inputs: [inClone("source"), inClone("settings.json")],
    outputs: [inClone("made.txt")],
    make: () => {
      times += 1;
      write("made.txt", `made ${times}`);
      return Promise.resolve();
    },
  });

test("what was made of the same files is not made again", async () => {
  expect(await make()).toBeUndefined();
  expect(await make()).toBe("up to date");
  expect(times).toBe(1);
});

test.each([
  ["a file changed", () => write("source/deep/b.txt", "c")],
  ["a file came", () => write("source/c.txt", "")],
  ["a file went", () => fs.rmSync(path.join(folder, "source/a.txt"))],
  [
    "a file was renamed",
    () => fs.renameSync(path.join(folder, "source/a.txt"), path.join(folder, "source/d.txt")),
  ],
  ["a file that was missing is there", () => write("settings.json", "")],
  ["what was made is gone", () => fs.rmSync(path.join(folder, "made.txt"))],
  ["what was made is another's", () => write("made.txt", "made by hand")],
])("it is made again when %s", async (_, change) => {
  await make();
  change();
  expect(await make()).toBeUndefined();
  expect(await make()).toBe("up to date");
  expect(times).toBe(2);
});

test("what failed is tried again", async () => {
  const failing = makeOnce(name, {
    inputs: [inClone("source")],
    outputs: [],
    make: () => Promise.reject(new Error("no room")),
  });
  await expect(failing).rejects.toThrow("no room");
  expect(await make()).toBeUndefined();
});

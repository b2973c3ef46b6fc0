import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { linkLibraries } from "@/lib/start/postgres/programs.mjs";

test("libraries are linked when npm ran no install script, and left alone when it did", () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "plugfest-programs-"));
  const lib = path.join(folder, "native/lib");
  fs.mkdirSync(lib, { recursive: true });
  fs.writeFileSync(path.join(lib, "libicuuc.so.60.2"), "code");
  const links = ["libicuuc.so", "libicuuc.so.60"].map((name) => ({
    source: "native/lib/libicuuc.so.60.2",
    target: `native/lib/${name}`,
  }));
  fs.writeFileSync(path.join(folder, "native/pg-symlinks.json"), JSON.stringify(links));
  linkLibraries(folder);
  linkLibraries(folder);
  expect(fs.readlinkSync(path.join(lib, "libicuuc.so.60"))).toBe("libicuuc.so.60.2");
  expect(fs.readFileSync(path.join(lib, "libicuuc.so"), "utf8")).toBe("code");
  fs.rmSync(folder, { recursive: true });
});

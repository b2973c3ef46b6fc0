import { readFileSync } from "node:fs";
import { expect, it } from "vitest";

const read = (file: string) => readFileSync(file, "utf8");
const docs = read("docs/self-hosting.md");
const section = docs.split("\n## Settings\n")[1]?.split("\n## ")[0] ?? "";
const told = new Set(
  [...section.matchAll(/^\| (`[^|]+) \|/gm)].flatMap(([, cell = ""]) =>
    [...cell.matchAll(/`([A-Z0-9_]+)`/g)].map(([, name]) => name),
  ),
);

it("docs/self-hosting.md tells every setting that is read, and no other", () => {
  const site = [...read("lib/core/env.ts").matchAll(/^ {2}([A-Z0-9_]+): z/gm)];
  const launcher = [...read("lib/start/settings.mjs").matchAll(/env\.([A-Z0-9_]+)/g)];
  const named = [...read("lib/start/settings.mjs").matchAll(/readDatabaseUrl\(env, "([A-Z_]+)"/g)];
  const all = new Set([...site, ...launcher, ...named].map(([, name]) => name));
  // The launcher sets it for the site when the address of the database is the owner's.
  all.delete("DATABASE_ROLE");
  expect([...told].sort()).toEqual([...all].sort());
});

it("docs/self-hosting.md lets a proxy tell who asks: limits go by that", () => {
  expect(docs).toContain("X-Forwarded-For");
  expect(docs).toContain("proxy_buffering off;");
});

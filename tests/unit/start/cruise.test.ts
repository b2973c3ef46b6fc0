import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

/** One violation for each rule: the file that breaks it, and what it should not have imported. */
const PLANTED: Record<string, [file: string, imports: string]> = {
  "no-cycles": ["lib/core/circle.ts", "lib/core/round.ts"],
  "app-is-the-top": ["lib/core/up.ts", "app/page.tsx"],
  "lib-knows-no-components": ["lib/core/draws.ts", "components/ui/button.tsx"],
  "ui-knows-no-domain": ["components/ui/cell.tsx", "lib/results/rules.ts"],
  "components-see-only-shapes-and-rules": ["components/results/list.tsx", "lib/results/read.ts"],
  "pages-and-routes-never-query": ["app/results/page.tsx", "lib/results/read.ts"],
  "only-read-and-write-touch-the-database": ["lib/results/router.ts", "lib/db/client.ts"],
  "only-read-and-write-touch-the-storage": ["lib/tracks/router.ts", "lib/storage/disk.ts"],
  "storage-knows-no-noun": ["lib/storage/cloud.ts", "lib/results/rules.ts"],
  "rules-are-pure": ["lib/entries/rules.ts", "lib/auth/session.ts"],
  "protocols-stand-alone": ["lib/protocols/sip/parse.ts", "lib/core/env.ts"],
  "harness-carries-only-the-contract": ["lib/harness/push.ts", "lib/results/rules.ts"],
  "modules-do-not-write-through-each-other": ["lib/entries/write/add.ts", "lib/results/write.ts"],
  "launcher-stands-alone": ["lib/start/site.ts", "lib/core/env.ts"],
  "nobody-needs-the-launcher": ["lib/core/ports.ts", "lib/start/port.ts"],
  "commands-are-not-imported": ["app/api/route.ts", "lib/admin/seed.ts"],
};

// The same imports where they belong: none of these may be reported.
const ALLOWED: [file: string, imports: string][] = [
  ["app/fine/page.tsx", "components/results/fine.tsx"],
  ["components/results/fine.tsx", "lib/results/rules.ts"],
  ["lib/tracks/read/matrix.ts", "lib/db/client.ts"],
  ["lib/tracks/write.ts", "lib/results/read.ts"],
  ["lib/tracks/rules.ts", "lib/results/schema.ts"],
  ["lib/harness/main.ts", "lib/results/schema.ts"],
  ["lib/admin/main.ts", "lib/results/write.ts"],
  ["lib/admin/rows.ts", "lib/db/client.ts"],
];

const LEAVES = ["lib/results/schema.ts", "lib/core/round.ts"];

const root = fs.mkdtempSync(path.join(os.tmpdir(), "plugfest-cruise-"));

function plant(folder: string, imports: [string, string][]): void {
  fs.mkdirSync(folder);
  const all = new Set([...LEAVES, ...imports.flat()]);
  for (const file of all) {
    const full = path.join(folder, file);
    fs.mkdirSync(path.dirname(full), { recursive: true });
    fs.appendFileSync(full, "export const here = 1;\n");
  }
  for (const [file, imported] of imports) {
    const specifier = `@/${imported.replace(/\.tsx?$/, "")}`;
    fs.appendFileSync(path.join(folder, file), `export { here as there } from "${specifier}";\n`);
  }
  fs.copyFileSync("tsconfig.json", path.join(folder, "tsconfig.json"));
}

/** Runs the check as `npm run check` does, on another tree: its exit code and lines. */
function cruise(folder: string): { status: number | null; lines: string[] } {
  const script = path.resolve("lib/start/cruise.mjs");
  const { status, stdout, stderr } = spawnSync(process.execPath, [script], {
    cwd: folder,
    encoding: "utf8",
  });
  return { status, lines: `${stdout}${stderr}`.trim().split("\n") };
}

afterAll(() => fs.rmSync(root, { recursive: true }));

describe("planted violations", () => {
  const folder = path.join(root, "planted");
  let found: ReturnType<typeof cruise>;

  beforeAll(() => {
    plant(folder, [...Object.values(PLANTED), ["lib/core/round.ts", "lib/core/circle.ts"]]);
    fs.writeFileSync(path.join(folder, "lib/results/helpers.ts"), "export const here = 1;\n");
    found = cruise(folder);
  });

  test.each(Object.entries(PLANTED))("%s catches its own", (rule, [file]) => {
    expect(found.lines.filter((line) => line.startsWith(`${rule}: ${file} `))).toHaveLength(1);
  });

  test("a file in a noun's folder that is not of the five is reported", () => {
    expect(found.lines).toContain(
      "noun-folders-are-closed: lib/results/helpers.ts is none of schema, rules, read, write, router, read/<question>, write/<verb>",
    );
  });

  test("the check fails", () => {
    expect(found.status).toBe(1);
  });

  test("every rule of the configuration has a planted violation", async () => {
    const config = (await import("@/.dependency-cruiser.cjs")) as {
      default: { forbidden: { name: string }[] };
    };
    const names = config.default.forbidden.map(({ name }) => name);
    expect(names.toSorted()).toEqual(Object.keys(PLANTED).toSorted());
  });
});

test("what the arrows allow is not reported, and every file was read", () => {
  const folder = path.join(root, "allowed");
  plant(folder, ALLOWED);
  const files = new Set([...LEAVES, ...ALLOWED.flat()]);
  expect(cruise(folder)).toEqual({ status: 0, lines: [`${files.size} files read, 0 problems`] });
});

test("a source file that the cruise leaves out is reported", () => {
  const folder = path.join(root, "hidden");
  plant(folder, [["lib/core/a.ts", "lib/core/b.ts"]]);
  // dependency-cruiser does not look into these; that it looks into nothing at all has happened too.
  fs.mkdirSync(path.join(folder, "lib/core/node_modules"));
  fs.writeFileSync(path.join(folder, "lib/core/node_modules/c.ts"), "export const here = 1;\n");
  const { status, lines } = cruise(folder);
  expect(status).toBe(1);
  expect(lines[0]).toContain("every-file-is-cruised: lib/core/node_modules/c.ts");
});

import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import type { Draft, Reading } from "@/lib/harness/formats/draft";
import { type Asked, type Format, readGroup } from "@/lib/harness/formats/formats";

const FIXTURES = path.resolve(import.meta.dirname, "../../fixtures");

export const NOTHING_ASKED: Asked = { exitCode: undefined, roleOf: () => undefined };

export const fixturePath = (name: string) => path.join(FIXTURES, name);

/** The fixtures of a format that have their expected reading beside them. */
export const listGoldens = (format: Format) =>
  readdirSync(path.join(FIXTURES, format))
    .filter((name) => name.endsWith(".expected.json"))
    .map((name) => ({
      name: name.replace(".expected.json", ""),
      expected: JSON.parse(readFileSync(path.join(FIXTURES, format, name), "utf8")) as unknown,
    }));

export const readFixture = (file: string, format: Format | "auto" = "auto") =>
  readGroup({ label: file, format, sources: [sourceOf(file)] }, NOTHING_ASKED);

export const sourceOf = (file: string) => ({
  path: fixturePath(file),
  name: path.basename(file),
  changedAt: "2026-11-23T00:00:00.000Z",
});

/** Everything a reading says, as plain data. */
export async function spellOut({ items, ...reading }: Reading) {
  const drafts: Draft[] = [];
  for await (const draft of items()) drafts.push(draft);
  return JSON.parse(JSON.stringify({ ...reading, items: drafts })) as unknown;
}

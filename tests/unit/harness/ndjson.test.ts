import { describe, expect, it } from "vitest";
import { openScratch } from "./scratch";

const scratch = openScratch();
const ITEM = { test: "SS-01", outcome: "pass", startedAt: "2026-11-22T20:00:00Z" };
const HEAD = { plugfest: "1", track: "stir-shaken", closed: true };
const lines = (...values: unknown[]) =>
  values.map((value) => `${JSON.stringify(value)}\n`).join("");

async function complaint(content: string) {
  const error: unknown = await scratch.read(content, "plugfest").then(
    () => new Error("it was read"),
    (reason: unknown) => reason,
  );
  return error instanceof Error && "in" in error
    ? (error as { in(f: string): string }).in("f")
    : String(error);
}

describe("items one a line", () => {
  it("are read with and without a first and a last line", async () => {
    expect(await scratch.drafts(lines(ITEM, ITEM))).toEqual([ITEM, ITEM]);
    const whole = lines(HEAD, ITEM, { ...ITEM, kept: { run: "x" } }, { end: { items: 2 } });
    expect(await scratch.drafts(whole)).toEqual([ITEM, ITEM]);
    expect((await scratch.read(whole)).aborted).toBeUndefined();
    expect((await scratch.read(whole)).track).toBe("stir-shaken");
  });

  it("that were cut off at the end of a line are told as aborted", async () => {
    expect((await scratch.read(lines(HEAD, ITEM))).aborted).toContain("cut off");
    expect((await scratch.read(lines(HEAD, ITEM, { end: { items: 2 } }))).aborted).toContain(
      "counts 2",
    );
  });

  it("are refused with line and column", async () => {
    expect(await complaint(`${lines(HEAD, ITEM)}{"test": "SS-0`)).toMatch(/^f:3:10: /);
    expect(await complaint(`${lines(ITEM)}[]\n`)).toBe("f:2:1: This line is no JSON object.");
    expect(await complaint(lines({ ...HEAD, verdict: 1 }, ITEM))).toMatch(/^f:1:1: .*verdict/);
    expect(await complaint(lines(HEAD, ITEM, { end: { items: 1 } }, ITEM))).toMatch(/^f:4:1: /);
    const id = "0197a1c3-7b1e-7000-8000-00000000000a";
    expect(await complaint(lines({ ...ITEM, id }, { ...ITEM, id: id.toUpperCase() }))).toContain(
      "f:2:1: /id is the same as in line 1",
    );
    expect(
      await complaint(
        `${lines(ITEM)}${JSON.stringify({ ...ITEM, message: "x".repeat(2_000_000) })}`,
      ),
    ).toMatch(/^f:2:\d+: .*1 MiB/);
  });
});

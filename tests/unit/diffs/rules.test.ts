import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compareGrids, differenceOf, renamingOf } from "@/lib/diffs/rules";
import type { Grid, MatrixCell, ShownCell } from "@/lib/matrices/schema";
import { OUTCOMES } from "@/lib/results/schema";

const said = fc.option(
  fc.record({
    state: fc.constantFrom("reported", "confirmed", "disputed", "settled"),
    outcome: fc.constantFrom(...OUTCOMES, null),
  }),
);
const TURNED = {
  fixed: "regressed",
  regressed: "fixed",
  new: "gone",
  gone: "new",
  changed: "changed",
  same: "same",
} as const;

describe("how a cell differs", () => {
  it("turned round, fixed is regressed and new is gone, and nothing else moves", () => {
    fc.assert(
      fc.property(said, said, (a, b) => {
        expect(differenceOf(b, a)).toBe(TURNED[differenceOf(a, b)]);
      }),
    );
  });

  it("from itself in nothing", () => {
    fc.assert(fc.property(said, (a) => differenceOf(a, a) === "same"));
  });

  it("from what is expected by the outcome and a dispute, whoever has spoken", () => {
    const expected = { state: "expected", outcome: "pass" } as const;
    for (const state of ["reported", "confirmed", "settled"] as const) {
      expect(differenceOf(expected, { state, outcome: "pass" })).toBe("same");
      expect(differenceOf(expected, { state, outcome: "degraded" })).toBe("changed");
      expect(differenceOf(expected, { state, outcome: "timeout" })).toBe("regressed");
    }
    expect(differenceOf(expected, { state: "disputed", outcome: "pass" })).toBe("changed");
    expect(differenceOf(expected, null)).toBe("gone");
  });

  it("a disputed pass is not fixed, it has changed", () => {
    const failed = { state: "confirmed", outcome: "fail" } as const;
    expect(differenceOf(failed, { state: "disputed", outcome: "pass" })).toBe("changed");
    expect(differenceOf(failed, { state: "confirmed", outcome: "degraded" })).toBe("fixed");
  });
});

describe("another edition's names", () => {
  it("an entry is matched by its project, a test by its lineage", () => {
    const { entries, tests } = renamingOf(
      { entries: [{ slug: "old", project: "p" }], tests: [{ key: "A-1", lineage: "l" }] },
      { entries: [{ slug: "new", project: "p" }], tests: [{ key: "B-1", lineage: "l" }] },
    );
    expect([entries.get("old"), tests.get("A-1")]).toEqual(["new", "B-1"]);
  });

  it("a project that entered twice is matched by name only", () => {
    const { entries } = renamingOf(
      { entries: [{ slug: "old", project: "p" }], tests: [] },
      { entries: ["x", "y"].map((slug) => ({ slug, project: "p" })), tests: [] },
    );
    expect(entries.get("old")).toBe("old of another edition");
  });
});

const axis = (entry: string) => ({ entry, name: entry, kind: "participant" as const, build: null });
const SHOWN: ShownCell = {
  ...{ row: 0, column: 1, test: 0, others: {}, variant: {}, state: "confirmed", outcome: "pass" },
  ...{ sides: 2, sidesOf: 2, attempts: 1, overlays: [], latestAt: null, id: "1", url: "/1" },
};
const gridOf = (...cells: MatrixCell[]): Grid => ({
  roles: { rows: "uac", columns: "uas", others: [] },
  rows: [axis("alpha"), axis("beta")],
  columns: [axis("alpha"), axis("beta")],
  tests: [
    { key: "C-1", version: 1, title: "C-1", level: "must", measured: false, variants: {} },
    { key: "C-2", version: 1, title: "C-2", level: "must", measured: false, variants: {} },
  ],
  cells,
  counts: { possible: 4, applicable: 4, executed: 0, confirmed: 0, passed: 0 },
});

describe("a place that is withheld on one side", () => {
  const withheld = { row: 0, column: 1, test: 0, state: "withheld" } as const;
  const other = { ...SHOWN, test: 1, id: "2" };

  it.each([
    ["then", [gridOf(withheld, other)], [gridOf(SHOWN, other)]],
    ["now", [gridOf(SHOWN, other)], [gridOf(withheld, other)]],
  ])("%s is counted, and nothing is told of what it says on the other", (_, before, after) => {
    expect(compareGrids(before, after)).toMatchObject({
      ...{ compared: 1, same: 1, withheld: 1, cells: [] },
      counts: { regressed: 0, fixed: 0, changed: 0, new: 0, gone: 0 },
    });
  });

  it("is like any other once it is shown on both", () => {
    const failed = { ...SHOWN, outcome: "fail" as const };
    const { counts, withheld: hidden } = compareGrids([gridOf(SHOWN)], [gridOf(failed)]);
    expect([counts.regressed, hidden]).toEqual([1, 0]);
  });
});

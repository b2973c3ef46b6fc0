import { describe, expect, it } from "vitest";
import { boardsOf } from "@/components/matrices/grid-board";
import { hearNothing, hearSheets } from "@/components/matrices/grid-heard";
import { type CompactMatrix, cellIn, indexOf, sheetsOf } from "@/components/matrices/grid-sheet";
import { COMPACT_LEGEND, compactGrid, compactMatrix } from "@/lib/exports/rules";
import { layoutsOf } from "@/lib/layouts/rules";
import type { Grid } from "@/lib/matrices/schema";
import { readView } from "@/lib/views/schema";
import { axis, cell, pairGrid, soloGrid, test } from "./grids";

const entries = ["A", "B", "C"].map((name) => axis(name));
const cells = [
  cell({ id: "1", row: 0, column: 1, test: 0 }),
  cell({ id: "2", row: 0, column: 2, test: 0, outcome: "fail" }),
  cell({ id: "3", row: 1, column: 0, test: 1, state: "reported", sides: 1, outcome: "pass" }),
  cell({ id: "4", row: 2, column: 0, test: 1, state: "disputed", outcome: null }),
  cell({ id: "5", row: 1, column: 1, test: 0, outcome: "unsupported" }),
  cell({ id: "6", row: 2, column: 1, test: 0, state: "settled", overlays: ["stale", "flaky"] }),
];
const grid = pairGrid({
  rows: entries,
  columns: entries,
  tests: [test("T-1"), test("T-2")],
  cells,
});
const solo = soloGrid({
  rows: entries,
  tests: [test("T-1"), test("T-2")],
  // A test of one party has no sides.
  cells: cells.map((one) => ({ ...one, column: null, sides: 0, sidesOf: 0 })),
});

const compactOf = (whole: Grid): CompactMatrix =>
  ({
    ...compactMatrix({
      ...{ event: "e", track: "t", asOf: "7", generatedAt: "" },
      grids: [compactGrid(whole)],
    }),
  }) as CompactMatrix;

const VIEWS: Record<string, string>[] = [
  {},
  { entry: "a" },
  { rows: "a,b", test: "T-1" },
  { state: "disputed" },
  { outcome: "fail" },
  { state: "planned" },
  { state: "settled" },
  { state: "confirmed" },
  { hide: "passing" },
  { hide: "unsupported" },
  { sort: "attention" },
  { sort: "attention", pin: "c" },
];

describe("the tables of a sheet", () => {
  it.each(VIEWS)("are those of the same grid of cells: %o", (query) => {
    const view = readView(query);
    for (const whole of [grid, solo]) {
      const sheets = sheetsOf(compactOf(whole));
      const [sheet] = sheets;
      const named = boardsOf(sheets, view).map(({ part, hidden, ...axes }) => ({
        ...{ part, hidden },
        rows: axes.rows.map((at) => sheet?.rows[at]?.entry),
        columns: axes.columns.map((at) => sheet?.columns[at]?.entry),
        tests: axes.tests.map((at) => sheet?.tests[at]?.key),
      }));
      expect(named).toEqual(
        layoutsOf([whole], view).map(({ part, hidden, axes }) => ({ part, hidden, ...axes })),
      );
    }
  });
});

describe("what a sheet says of a place", () => {
  it("is what the cell says, with its marks on top", () => {
    const [sheet] = sheetsOf(compactOf(grid));
    const told = cells.map(
      (place) => sheet && cellIn(sheet, place, sheet.codes[indexOf(sheet, place)] ?? 0),
    );
    const said = cells.map(({ state, outcome, overlays }) => ({ state, outcome, overlays }));
    expect(told).toMatchObject(said);
  });

  it("tells of several cells the gravest, with all that those like it are marked with", () => {
    const at = { row: 0, column: 1, test: 0 };
    const sheetOf = (...several: Partial<(typeof cells)[number]>[]) => {
      const [sheet] = sheetsOf(
        compactOf({ ...grid, cells: several.map((one) => cell({ ...at, ...one })) }),
      );
      return sheet && cellIn(sheet, at, sheet.codes[indexOf(sheet, at)] ?? 0);
    };
    const pass = { outcome: "pass", overlays: ["knownIssue"] } as const;
    const fail = { outcome: "fail", overlays: ["stale"] } as const;
    const several = [
      { ...pass, overlays: ["knownIssue" as const] },
      { ...fail, overlays: ["stale" as const] },
    ];
    expect(sheetOf(...several)).toMatchObject(fail);
    expect(sheetOf(...several.toReversed())).toMatchObject(fail);
    const settled = cell({ state: "settled", overlays: ["flaky"] });
    expect(sheetOf(settled, settled)).toMatchObject({ state: "settled", overlays: ["flaky"] });
    expect(sheetOf(settled, { overlays: ["stale"] })).toMatchObject({
      state: "confirmed",
      overlays: ["stale", "flaky"],
    });
  });

  it("says what the legend says", () => {
    const [sheet] = sheetsOf(compactOf(grid));
    for (const [letter, meaning] of Object.entries(COMPACT_LEGEND)) {
      const place = { row: 0, column: 1, test: 0 };
      const told = sheet && cellIn(sheet, place, letter.charCodeAt(0));
      if (letter === ".") expect(told).toBeNull();
      else expect(meaning).toContain(told?.state);
    }
  });
});

describe("a change that a page of sheets hears", () => {
  const changeOf = (change: Partial<ReturnType<typeof cell>>, row = "a", column = "b") => ({
    changes: {
      version: 1,
      cleared: [],
      cells: [{ grid: "client+server", row, column, test: "T-1", cell: cell(change) }],
    },
    version: 1,
  });
  const heard = hearNothing(compactOf(grid));

  it("is marked at its place and its pair, counted, named, and moves the numbers", () => {
    const now = hearSheets(heard, changeOf({ outcome: "fail" }));
    expect([...now.changed].sort()).toEqual(["0/1", "0/1/0"]);
    expect([now.count, now.isOutdated, now.unsure]).toEqual([1, false, 0]);
    expect(now.news.first).toContain("T-1, client A, server B: confirmed fail");
    expect(now.sheets[0]?.counts).toEqual({ ...grid.counts, passed: grid.counts.passed - 1 });
    expect(heard.sheets[0]?.counts).toEqual(grid.counts);
    expect(hearSheets(now, "seen")).toMatchObject({ count: 0, changed: new Set() });
  });

  it("told twice is told once", () => {
    const told = changeOf({ outcome: "timeout" });
    const once = hearSheets(heard, told);
    expect(hearSheets(once, told).count).toBe(1);
  });

  it("on axes that are not there, or of another version, is to be loaded anew", () => {
    expect(hearSheets(heard, changeOf({}, "nobody")).isOutdated).toBe(true);
    expect(hearSheets(heard, { ...changeOf({}), version: 2 }).isOutdated).toBe(true);
  });

  it("at a place of several variants is taken when it is graver, and else asked about", () => {
    const tests = [test("T-1", { alg: ["x", "y"] }), test("T-2")];
    const several = hearNothing(compactOf({ ...grid, tests }));
    const graver = hearSheets(several, changeOf({ outcome: "fail", variant: { alg: "y" } }));
    expect([graver.count, graver.unsure]).toEqual([1, 0]);
    const better = hearSheets(graver, changeOf({ outcome: "pass", variant: { alg: "y" } }));
    expect([better.count, better.unsure]).toEqual([1, 1]);
  });
});

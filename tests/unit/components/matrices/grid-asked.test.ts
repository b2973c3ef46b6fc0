import { describe, expect, it } from "vitest";
import { askedIn, askSheets, canAnswer } from "@/components/matrices/grid-asked";
import { cellIn, indexOf, sheetsOf } from "@/components/matrices/grid-sheet";
import { compactGrid } from "@/lib/exports/rules";
import type { Grid } from "@/lib/matrices/schema";
import { setAside } from "@/lib/selections/rules";
import { axis, cell, pairGrid, soloGrid, test } from "./grids";

const entries = ["A", "B", "C"].map((name) => axis(name));
const cells = [
  cell({ row: 0, column: 1, test: 0, overlays: ["knownIssue"] }),
  cell({ row: 0, column: 2, test: 0, outcome: "fail", overlays: ["knownIssue", "stale"] }),
  cell({ row: 1, column: 0, test: 1, state: "reported", outcome: "timeout" }),
  cell({ row: 2, column: 0, test: 1, state: "disputed", outcome: null, overlays: ["flaky"] }),
  cell({ row: 2, column: 1, test: 0, state: "settled" }),
];
const tests = [test("T-1"), test("T-2")];
const pairs = pairGrid({ rows: entries, columns: entries, tests, cells });
// One cell for each place.
const alone = cells.filter((_, at) => at !== 1).map((one) => ({ ...one, column: null }));
const solo = soloGrid({ rows: entries, tests, cells: alone });
const around = { now: "2026-11-24T04:00:00Z", zone: "UTC", own: ["b"] };

const sheetOf = (grid: Grid) => sheetsOf({ grids: [compactGrid(grid)] });

const QUERIES = [
  "outcome:fail",
  "-outcome:fail",
  "state:settled,disputed",
  "is:known -is:known-passes",
  "is:known-passes",
  "flaky",
  "stale",
  "project:A role:client",
  "entry:c",
  "test:T-2 level:must",
  "is:mine required",
  "about",
];

describe("a query asked of sheets", () => {
  it.each(QUERIES)("sets aside what it does of the cells themselves: %s", (q) => {
    for (const grid of [pairs, solo]) {
      expect(canAnswer(q, [grid])).toBe(true);
      const [sheet] = askSheets(sheetOf(grid), q, around);
      const asked = setAside(grid, { q }, around).cells.map((one) => !("aside" in one));
      const told = grid.cells.map(
        (place) => sheet && cellIn(sheet, place, sheet.codes[indexOf(sheet, place)] ?? 0),
      );
      expect(told.map((one) => !one?.aside)).toEqual(asked);
      expect(sheet && askedIn([sheet])).toEqual({
        asked: asked.filter(Boolean).length,
        told: grid.cells.length,
      });
    }
  });

  it.each([
    ["changed:today", pairs],
    ["attempts:>2", pairs],
    ["variant:alg=ES256", pairs],
    ["is:untested", pairs],
    ["state:untested", pairs],
    ["outcome:fial", pairs],
    ["outcome:fail", { ...pairs, tests: [test("T-1", { alg: ["x", "y"] })] }],
    ["outcome:fail", { ...pairs, roles: { ...pairs.roles, others: ["proxy"] } }],
  ])("is left to the server where signs do not say enough: %s", (q, grid) => {
    expect(canAnswer(q, [grid])).toBe(false);
  });

  it("without one nothing is set aside, whatever the tests", () => {
    const sheets = sheetOf(pairs);
    expect(askSheets(sheets, undefined, around)).toBe(sheets);
    expect(canAnswer(undefined, [{ ...pairs, tests: [test("T-1", { alg: ["x", "y"] })] }])).toBe(
      true,
    );
  });
});

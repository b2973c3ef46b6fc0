import { describe, expect, it } from "vitest";
import { untriedOf } from "@/lib/coverage/rules";
import type { Grid, GridTest, ShownCell } from "@/lib/matrices/schema";

const axis = (name: string) =>
  ({ entry: name.toLowerCase(), name, kind: "participant", build: null }) as const;
const test = (key: string, over: Partial<GridTest> = {}): GridTest => ({
  key,
  version: 1,
  title: `Test ${key}`,
  level: "must",
  measured: false,
  variants: {},
  ...over,
});
const cell = (row: number, column: number, over: Partial<ShownCell> = {}): ShownCell => ({
  row,
  column,
  test: 0,
  others: {},
  variant: {},
  state: "reported",
  outcome: "fail",
  sides: 1,
  sidesOf: 2,
  attempts: 1,
  overlays: [],
  latestAt: null,
  id: `${row} ${column}`,
  url: "/",
  ...over,
});
const grid = (over: Partial<Grid> = {}): Grid => ({
  roles: { rows: "uac", columns: "uas", others: [] },
  rows: [axis("Alpha"), axis("Beta")],
  columns: [axis("Alpha"), axis("Beta")],
  tests: [test("C-1")],
  cells: [],
  counts: { possible: 2, applicable: 2, executed: 0, confirmed: 0, passed: 0 },
  ...over,
});
const DIRECTED = new Set<string>();

describe("what is untried but required", () => {
  it("is each pair of different entries in each direction", () => {
    expect(untriedOf([grid({ cells: [cell(0, 1)] })], DIRECTED)).toEqual([
      {
        test: "C-1",
        title: "Test C-1",
        untried: 1,
        of: 2,
        examples: [{ row: "Beta", column: "Alpha", variant: {} }],
      },
    ]);
  });

  it("is each two once where the direction means nothing", () => {
    const symmetric = new Set(["C-1"]);
    expect(untriedOf([grid()], symmetric)).toMatchObject([{ untried: 1, of: 1 }]);
    expect(untriedOf([grid({ cells: [cell(1, 0)] })], symmetric)).toEqual([]);
  });

  it("counts every declared variant", () => {
    const tests = [test("C-1", { variants: { transport: ["udp", "tcp"] } })];
    const cells = [cell(0, 1, { variant: { transport: "udp" } })];
    expect(untriedOf([grid({ tests, cells })], DIRECTED)).toMatchObject([{ untried: 3, of: 4 }]);
  });

  it("is not what was tried, whatever came out; a plan or an error is no try", () => {
    const cells = [cell(0, 1, { state: "disputed", outcome: null }), cell(1, 0)];
    expect(untriedOf([grid({ cells })], DIRECTED)).toEqual([]);
    const none = [
      cell(0, 1, { state: "planned", outcome: null }),
      cell(1, 0, { outcome: "error" }),
    ];
    expect(untriedOf([grid({ cells: none })], DIRECTED)).toMatchObject([{ untried: 2 }]);
  });

  it("is of required tests alone, the emptiest first", () => {
    const solo = grid({
      roles: { rows: "uac", columns: null, others: [] },
      columns: [],
      tests: [test("S-1"), test("S-2", { level: "should" })],
      cells: [cell(0, 0, { column: null })],
    });
    expect(untriedOf([solo, grid()], DIRECTED).map((one) => [one.test, one.untried])).toEqual([
      ["C-1", 2],
      ["S-1", 1],
    ]);
  });
});

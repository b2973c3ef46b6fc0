import { isPlayed } from "@/lib/drawings/rules";
import { isQuiet, needOf } from "@/lib/views/rules";
import type { PageView } from "@/lib/views/schema";
import { cellIn, indexOf, kindOf, type Sheet, UNTESTED } from "./grid-sheet";

/** One table of a sheet: which of its rows, columns and tests, by their numbers, and in which order. */
export type Board = {
  /** Which of the sheets. */
  sheet: number;
  /** Which part of the grid: `OpenSSL as client`. */
  part: string | null;
  rows: readonly number[];
  /** Empty for a test of one party. */
  columns: readonly number[];
  tests: readonly number[];
  /** How many rows, columns and tests are left out since nothing on them is worth a look. */
  hidden: number;
};
type Axes = Pick<Board, "rows" | "columns" | "tests">;

/** The tables that a view shows of sheets; what `layoutsOf` (lib/views/rules) is for grids of cells. */
export const boardsOf = (sheets: readonly Sheet[], view: PageView): Board[] =>
  sheets.flatMap((sheet, at) => {
    if (!(isPlayed({ ...sheet, cells: [] }) || hasAny(sheet))) return [];
    return partsOf(sheet, view).flatMap(({ part, axes }): Board[] => {
      if (axes.tests.length === 0) return [];
      const asked = keepAsked(sheet, axes, view);
      if (asked === null) return [];
      const kept = leaveOut(sheet, asked, view);
      return [
        { sheet: at, part, hidden: sizeOf(asked) - sizeOf(kept), ...inOrder(sheet, kept, view) },
      ];
    });
  });

const hasAny = ({ codes }: Sheet) => codes.some((code) => code !== UNTESTED);
const sizeOf = ({ rows, columns, tests }: Axes) => rows.length + columns.length + tests.length;

const taken = <T>(
  list: readonly T[],
  wanted: readonly string[] | undefined,
  nameOf: (one: T) => string,
) => list.flatMap((one, at) => (wanted === undefined || wanted.includes(nameOf(one)) ? [at] : []));

/** One entry's view of a pair grid is two: the row in which it plays one role, the column of the other. */
function partsOf(sheet: Sheet, view: PageView): { part: string | null; axes: Axes }[] {
  const { roles } = sheet;
  const isSolo = roles.columns === null;
  const axes = {
    rows: taken(sheet.rows, view.rows, ({ entry }) => entry),
    columns: taken(sheet.columns, view.columns, ({ entry }) => entry),
    tests: taken(sheet.tests, view.test, ({ key }) => key),
  };
  if (view.entry === undefined) return [{ part: null, axes }];
  return view.entry.flatMap((entry) => {
    const name = [...sheet.rows, ...sheet.columns].find((axis) => axis.entry === entry)?.name;
    const rows = axes.rows.filter((at) => sheet.rows[at]?.entry === entry);
    const columns = axes.columns.filter((at) => sheet.columns[at]?.entry === entry);
    return [
      { part: `${name ?? entry} as ${roles.rows}`, axes: { ...axes, rows } },
      { part: `${name ?? entry} as ${roles.columns}`, axes: { ...axes, columns } },
    ]
      .slice(0, isSolo ? 1 : 2)
      .filter(({ axes: kept }) => kept.rows.length > 0 && (isSolo || kept.columns.length > 0));
  });
}

type Visit = (code: number, place: { row: number; column: number | null; test: number }) => void;

/** Every place on these axes that somebody has spoken of. */
function visitTold(sheet: Sheet, { rows, columns, tests }: Axes, visit: Visit) {
  const across = sheet.roles.columns === null ? [null] : columns;
  for (const row of rows) {
    for (const column of across) {
      const first = indexOf(sheet, { row, column, test: 0 });
      for (const test of tests) {
        const code = sheet.codes[first + test] ?? UNTESTED;
        if (code !== UNTESTED) visit(code, { row, column, test });
      }
    }
  }
}

/** What a byte says is asked once for each kind of byte, not for each of many thousand cells. */
function remembered<T>(answer: (code: number) => T): (code: number) => T {
  const known = new Map<number, T>();
  return (code) => {
    const before = known.get(code);
    if (before !== undefined) return before;
    const told = answer(code);
    known.set(code, told);
    return told;
  };
}

const quietIn = (view: PageView) =>
  remembered((code) => {
    const cell = kindOf(code);
    return cell === null || isQuiet(cell, view);
  });

/** The axes that have such a place. */
function whereSome(sheet: Sheet, axes: Axes, isSuch: (code: number) => boolean): Axes {
  const seen = { rows: new Set<number>(), columns: new Set<number>(), tests: new Set<number>() };
  visitTold(sheet, axes, (code, { row, column, test }) => {
    if (!isSuch(code)) return;
    seen.rows.add(row);
    seen.tests.add(test);
    if (column !== null) seen.columns.add(column);
  });
  return {
    rows: axes.rows.filter((at) => seen.rows.has(at)),
    columns: axes.columns.filter((at) => seen.columns.has(at)),
    tests: axes.tests.filter((at) => seen.tests.has(at)),
  };
}

/** Where cells are asked for by what they say: the axes that have one. Null when there is none. */
function keepAsked(sheet: Sheet, axes: Axes, view: PageView): Axes | null {
  const { state, outcome } = view;
  if (state === undefined && outcome === undefined) return axes;
  const isOther = quietIn(sheetView({ state, outcome }));
  const kept = whereSome(sheet, axes, (code) => !isOther(code));
  return kept.tests.length === 0 ? null : kept;
}

/** A sheet tells a settled cell as confirmed. */
export const sheetView = (view: PageView): PageView =>
  view.state?.includes("settled") ? { ...view, state: [...view.state, "confirmed"] } : view;

/** Without the axes on which all that was told is of the kinds that are to be left out. */
function leaveOut(sheet: Sheet, axes: Axes, { hide }: PageView): Axes {
  if (hide === undefined) return axes;
  const isHideable = quietIn({ hide });
  const told = whereSome(sheet, axes, () => true);
  const worth = whereSome(sheet, axes, (code) => !isHideable(code));
  const without = (all: readonly number[], seen: readonly number[], kept: readonly number[]) => {
    const [isSeen, isKept] = [new Set(seen), new Set(kept)];
    return all.filter((at) => isKept.has(at) || !isSeen.has(at));
  };
  return {
    rows: without(axes.rows, told.rows, worth.rows),
    columns: without(axes.columns, told.columns, worth.columns),
    tests: without(axes.tests, told.tests, worth.tests),
  };
}

/** By need of attention when that is asked for, and the pinned entry before all others. */
function inOrder(sheet: Sheet, axes: Axes, { sort, pin }: PageView): Axes {
  const scores = sort === "attention" ? needsIn(sheet, axes) : null;
  const order = (
    list: readonly number[],
    score: ReadonlyMap<number, number> | undefined,
    pinned: number,
  ) => {
    const byNeed = list.toSorted((a, b) => (score?.get(b) ?? 0) - (score?.get(a) ?? 0));
    return [...byNeed.filter((at) => at === pinned), ...byNeed.filter((at) => at !== pinned)];
  };
  return {
    rows: order(
      axes.rows,
      scores?.rows,
      sheet.rows.findIndex(({ entry }) => entry === pin),
    ),
    columns: order(
      axes.columns,
      scores?.columns,
      sheet.columns.findIndex(({ entry }) => entry === pin),
    ),
    tests: order(axes.tests, scores?.tests, -1),
  };
}

/** How many places want attention on each axis. */
function needsIn(sheet: Sheet, axes: Axes) {
  const scores = {
    rows: new Map<number, number>(),
    columns: new Map<number, number>(),
    tests: new Map<number, number>(),
  };
  const add = (score: Map<number, number>, at: number) => score.set(at, (score.get(at) ?? 0) + 1);
  visitTold(sheet, axes, (code, place) => {
    if (!isNeeding(sheet, place, code)) return;
    add(scores.rows, place.row);
    add(scores.tests, place.test);
    if (place.column !== null) add(scores.columns, place.column);
  });
  return scores;
}

const PASSED = new Set(["P", "G", "-", "*"].map((letter) => letter.charCodeAt(0)));

/** Whether somebody should look at a place. */
export function isNeeding(
  sheet: Sheet,
  place: { row: number; column: number | null; test: number },
  code: number,
): boolean {
  if (PASSED.has(code)) return false;
  const cell = cellIn(sheet, place, code);
  return cell !== null && needOf(cell) !== null;
}

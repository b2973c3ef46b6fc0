import { isPlayed } from "@/lib/drawings/rules";
import { GRAVEST_FIRST, letterOf, UNTESTED } from "@/lib/exports/rules";
import { isQuiet, needOf } from "@/lib/views/rules";
import type { PageView } from "@/lib/views/schema";
import { ASIDE, cellIn, indexOf, kindOf, type Sheet, sidesAt } from "./grid-sheet";

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

/** Whether what is said is one of such, asked once for each of the few numbers and not for each of many thousand cells. */
function tableOf(isSuch: (code: number) => boolean): readonly boolean[] {
  const table: boolean[] = Array.from({ length: 2 * ASIDE }, () => false);
  for (const letter of GRAVEST_FIRST) {
    // The digit's four bits, and whether it is set aside.
    for (let marks = 0; marks < 32; marks += 1) {
      const code = letter.charCodeAt(0) | (marks << 8);
      table[code] = code !== UNTESTED && isSuch(code);
    }
  }
  return table;
}

type Table = ReturnType<typeof tableOf>;
type TableAt = (row: number, column: number | null) => Table;

/** How many places on these axes are such, by row, column and test. */
function countOn(sheet: Sheet, { rows, columns, tests }: Axes, tableAt: TableAt) {
  const counts = {
    rows: new Uint32Array(sheet.rows.length),
    columns: new Uint32Array(sheet.columns.length),
    tests: new Uint32Array(sheet.tests.length),
  };
  for (const row of rows) {
    for (const column of sheet.roles.columns === null ? [null] : columns) {
      const first = indexOf(sheet, { row, column, test: 0 });
      const isSuch = tableAt(row, column);
      const found = tests.filter((test) => isSuch[sheet.codes[first + test] ?? UNTESTED]);
      for (const test of found) add(counts.tests, test, 1);
      add(counts.rows, row, found.length);
      if (column !== null) add(counts.columns, column, found.length);
    }
  }
  return counts;
}

function add(counts: Uint32Array, at: number, more: number) {
  counts[at] = (counts[at] ?? 0) + more;
}

const quietIn = (view: PageView) => (code: number) => {
  const cell = kindOf(code);
  return cell === null || isQuiet(cell, view);
};

/** The axes that have such a place. */
function whereSome(sheet: Sheet, axes: Axes, isSuch: (code: number) => boolean): Axes {
  const table = tableOf(isSuch);
  const counts = countOn(sheet, axes, () => table);
  return {
    rows: axes.rows.filter((at) => counts.rows[at]),
    columns: axes.columns.filter((at) => counts.columns[at]),
    tests: axes.tests.filter((at) => counts.tests[at]),
  };
}

/** Where cells are asked for by what they say: the axes that have one. Null when there is none. */
function keepAsked(sheet: Sheet, axes: Axes, view: PageView): Axes | null {
  const { state, outcome, q } = view;
  if (state === undefined && outcome === undefined && q === undefined) return axes;
  const isOther = quietIn({ state, outcome });
  const kept = whereSome(sheet, axes, (code) => !isOther(code));
  return kept.tests.length === 0 ? null : kept;
}

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
  const order = (list: readonly number[], score: Uint32Array | undefined, pinned: number) => {
    const byNeed = list.toSorted((a, b) => (score?.[b] ?? 0) - (score?.[a] ?? 0));
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
  // Where one of two sides has spoken the other is awaited; where there is only one, nobody is.
  const tables = new Map<number, Table>();
  return countOn(sheet, axes, (row, column) => {
    const sides = sidesAt(sheet, row, column);
    const table =
      tables.get(sides) ?? tableOf((code) => isNeeding(sheet, { row, column, test: 0 }, code));
    tables.set(sides, table);
    return table;
  });
}

const PASSED = new Set(["P", "G", "-", "*"].map((letter) => letter.charCodeAt(0)));

/** Whether somebody should look at a place. */
export function isNeeding(
  sheet: Sheet,
  place: { row: number; column: number | null; test: number },
  code: number,
): boolean {
  if (PASSED.has(letterOf(code))) return false;
  const cell = cellIn(sheet, place, code);
  return cell !== null && needOf(cell) !== null;
}

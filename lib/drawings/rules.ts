import { progressOf } from "@/lib/coverage/rules";
import { gridKey } from "@/lib/matrices/rules";
import type { Counts, Grid, MatrixCell } from "@/lib/matrices/schema";
import { type Axes, names, onAxes } from "@/lib/views/rules";
import type { PageView } from "@/lib/views/schema";

/** One table of a page: which axes it has, and in which order. Changes that arrive do not move it. */
export type Layout = {
  /** `gridKey` of the grid. */
  grid: string;
  /** Which part of the grid: `OpenSSL as client`. */
  part: string | null;
  /** Who else takes part in what it shows; null for whoever. */
  third: Third | null;
  /** Whose sheet it is, and in which role: "as AS", "as VS". */
  sheet: Sheet | null;
  axes: Axes;
  /** How many rows, columns and tests are left out since nothing on them is worth a look. */
  hidden: number;
};

export type Sheet = { entry: string; axis: "rows" | "columns" };

/** Roles beyond the two axes -> who plays them; null for nobody. A role that is left out is anybody's. */
export type Third = Readonly<Record<string, string | null>>;

/** What was seen counts as played, whatever the entries had said of their roles. */
export const isPlayed = ({ counts, cells }: Grid) => counts.applicable > 0 || cells.length > 0;

/** What an entry has done in one role: with how many of those that it could have met, and how far that came. */
export type SheetNumbers = Pick<Counts, "executed" | "confirmed" | "passed"> & {
  met: number;
  others: number;
};

/** Of the whole grid, whatever a view leaves of it. An entry meets itself on no sheet; a test for one has no others. */
export function sheetNumbers(whole: Grid, { entry, axis }: Sheet): SheetNumbers | null {
  const across = axis === "rows" ? "columns" : "rows";
  if (whole.roles.columns === null) return null;
  const own = onAxes(whole, {
    rows: names(whole.rows).filter((one) => (one === entry) === (axis === "rows")),
    columns: names(whole.columns).filter((one) => (one === entry) === (axis === "columns")),
    tests: whole.tests.map(({ key }) => key),
  });
  const { rows, columns, roles } = own;
  const told = own.cells.filter((cell) => cell.state !== "withheld");
  const met = own.cells.filter(({ state }) => state !== "planned");
  return {
    ...progressOf(told, { rows, columns, others: roles.others }),
    met: new Set(met.map(({ row, column }) => (axis === "rows" ? column : row))).size,
    others: own[across].length,
  };
}

/** Of a withheld cell it is not told. */
export const thirdOf = (cell: MatrixCell) => (cell.state === "withheld" ? null : cell.others);

/** A withheld one may be with anybody: left out of a table its place there would say that it is untested. */
const isWith = (cell: MatrixCell, third: Third): boolean => {
  const others = thirdOf(cell);
  if (others === null) return true;
  return Object.entries(third).every(([role, entry]) => (others[role] ?? null) === entry);
};

export const withThird = (grid: Grid, third: Third | null): Grid =>
  third === null ? grid : { ...grid, cells: grid.cells.filter((cell) => isWith(cell, third)) };

/** A grid as it is drawn, the whole that it is part of, and which part. */
export type DrawnGrid = Pick<Layout, "part" | "sheet" | "hidden"> & { grid: Grid; whole: Grid };

/** The grids in these tables; a table whose grid is not there any more is left out. */
export const drawGrids = (
  grids: readonly Grid[],
  layouts: readonly Layout[],
  { flip }: PageView,
): DrawnGrid[] =>
  layouts.flatMap(({ grid: key, part, third, sheet, axes, hidden }) => {
    const whole = grids.find((grid) => gridKey(grid) === key);
    if (!whole) return [];
    const grid = onAxes(withThird(whole, third), axes);
    return [{ grid: flip ? flipped(grid) : grid, whole, part, sheet, hidden }];
  });

/** Rows for columns. A grid of one role has only rows. */
function flipped(grid: Grid): Grid {
  const { rows, columns } = grid.roles;
  if (columns === null) return grid;
  return {
    ...grid,
    roles: { ...grid.roles, rows: columns, columns: rows },
    rows: grid.columns,
    columns: grid.rows,
    cells: grid.cells.map((cell) => ({ ...cell, row: cell.column ?? 0, column: cell.row })),
  };
}

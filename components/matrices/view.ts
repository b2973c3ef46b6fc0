import type { Grid, MatrixCell } from "@/lib/matrices/schema";
import type { MatrixView } from "./read-view";

/** The query of a view with some of it changed; `undefined` takes a filter out. */
export function viewHref(
  view: MatrixView,
  changes: { [K in keyof MatrixView]?: string | undefined },
) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...view, ...changes })) {
    if (value) query.set(name, value);
  }
  return query.size > 0 ? `?${query}` : "?";
}

export const isFiltered = (view: MatrixView) =>
  Object.values(view).some((value) => value !== undefined);

/** A grid as it is drawn, the whole that it is part of, and which part. */
export type DrawnGrid = { grid: Grid; whole: Grid; part: string | null };

/** The grids that a view shows, narrowed to it. */
export function drawnGrids(grids: readonly Grid[], view: MatrixView): DrawnGrid[] {
  return grids
    .filter(({ tests }) => !view.test || tests.some(({ key }) => key === view.test))
    .flatMap((whole) => partsOf(whole, view))
    .map(({ grid, ...rest }) => ({ ...rest, grid: onlyMatching(grid, view) }))
    .filter(({ grid }) => !asksForCells(view) || grid.cells.length > 0);
}

const asksForCells = ({ state, outcome }: MatrixView) =>
  state !== undefined || outcome !== undefined;

/** One entry's view of a pair grid is two: the row in which it plays one role, the column of the other. */
function partsOf(whole: Grid, view: MatrixView): DrawnGrid[] {
  const { test, entry, rows, columns } = view;
  const grid = narrow(whole, {
    tests: at(whole.tests, ({ key }) => test === undefined || key === test),
    rows: at(whole.rows, (axis) => rows === undefined || axis.entry === rows),
    columns: at(whole.columns, (axis) => columns === undefined || axis.entry === columns),
  });
  if (entry === undefined) return [{ grid, whole, part: null }];
  const asRow = narrow(grid, { rows: at(grid.rows, (axis) => axis.entry === entry) });
  const asColumn = narrow(grid, { columns: at(grid.columns, (axis) => axis.entry === entry) });
  return [
    { grid: asRow, whole, part: `${nameIn(whole, entry)} as ${whole.roles.rows}` },
    { grid: asColumn, whole, part: `${nameIn(whole, entry)} as ${whole.roles.columns}` },
  ].filter((part) => part.grid.rows.length > 0 && isComplete(part.grid, part.grid === asColumn));
}

/** A grid without columns has no second part. */
const isComplete = (grid: Grid, isSecond: boolean) =>
  grid.roles.columns === null ? !isSecond : grid.columns.length > 0;

const nameIn = ({ rows, columns }: Grid, entry: string) =>
  [...rows, ...columns].find((axis) => axis.entry === entry)?.name ?? entry;

function onlyMatching(grid: Grid, view: MatrixView): Grid {
  if (!asksForCells(view)) return grid;
  const cells = grid.cells.filter((cell) => matches(cell, view));
  return narrow(
    { ...grid, cells },
    {
      rows: [...new Set(cells.map(({ row }) => row))].sort((a, b) => a - b),
      columns: [...new Set(cells.flatMap(({ column }) => column ?? []))].sort((a, b) => a - b),
      tests: [...new Set(cells.map(({ test }) => test))].sort((a, b) => a - b),
    },
  );
}

function matches(cell: MatrixCell, { state, outcome }: MatrixView): boolean {
  if (state !== undefined && cell.state !== state) return false;
  return outcome === undefined || ("outcome" in cell && cell.outcome === outcome);
}

const at = <T>(list: readonly T[], keeps: (one: T) => boolean) =>
  list.flatMap((one, index) => (keeps(one) ? index : []));

type Kept = { rows?: number[]; columns?: number[]; tests?: number[] };

/** The same grid with only some of its rows, columns and tests; its cells are numbered anew. */
function narrow(grid: Grid, kept: Kept): Grid {
  const rows = pick(grid.rows, kept.rows);
  const columns = pick(grid.columns, kept.columns);
  const tests = pick(grid.tests, kept.tests);
  const cells = grid.cells.flatMap((cell) => {
    const row = rows.now.get(cell.row);
    const column = cell.column === null ? null : columns.now.get(cell.column);
    const test = tests.now.get(cell.test);
    if (row === undefined || column === undefined || test === undefined) return [];
    return [{ ...cell, row, column, test }];
  });
  return { ...grid, rows: rows.list, columns: columns.list, tests: tests.list, cells };
}

function pick<T>(list: readonly T[], kept: readonly number[] | undefined) {
  const indices = kept ?? list.map((_, index) => index);
  return {
    list: indices.flatMap((index) => list[index] ?? []),
    now: new Map(indices.map((before, after) => [before, after])),
  };
}

import { groupOf } from "@/lib/cells/rules";
import { progressOf, standingOf } from "@/lib/coverage/rules";
import { gridKey } from "@/lib/matrices/rules";
import type { Axis, Grid, GridTest, MatrixCell } from "@/lib/matrices/schema";
import type { PageView, View } from "./schema";

/** The query of a view with some of it changed; `undefined` takes a part out. "?" for everything. */
export function viewQuery(view: PageView, changes: Partial<PageView> = {}): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...view, ...changes })) {
    if (value && value.length > 0) query.set(name, [value].flat().join(","));
  }
  return `?${query.toString().replaceAll("%2C", ",").replaceAll("%3A", ":")}`;
}

const FILTERS = ["rows", "columns", "entry", "test", "state", "outcome", "q"] as const;

export const isFiltered = (view: PageView) => FILTERS.some((name) => view[name] !== undefined);

/** The one test that a view is about, if it is about one. */
export const oneTest = ({ test }: View): string | undefined =>
  test?.length === 1 ? test[0] : undefined;

const takes = (wanted: readonly string[] | undefined, one: string) =>
  wanted === undefined || wanted.includes(one);

/** Entries and tests that stay, by name. */
export type Axes = { rows: string[]; columns: string[]; tests: string[] };

export function axesOf(grid: Grid, view: View): Axes {
  return {
    rows: names(grid.rows).filter((entry) => takes(view.rows, entry)),
    columns: names(grid.columns).filter((entry) => takes(view.columns, entry)),
    tests: grid.tests.map(({ key }) => key).filter((key) => takes(view.test, key)),
  };
}

const names = (axes: readonly Axis[]) => axes.map(({ entry }) => entry);

/** The same grid on these axes, in their order; its cells are numbered anew. */
export function onAxes(grid: Grid, axes: Axes): Grid {
  const rows = pick(grid.rows, axes.rows, ({ entry }) => entry);
  const columns = pick(grid.columns, axes.columns, ({ entry }) => entry);
  const tests = pick(grid.tests, axes.tests, ({ key }) => key);
  const cells = grid.cells.flatMap((cell): MatrixCell[] => {
    const [row, test] = [rows.now.get(cell.row), tests.now.get(cell.test)];
    const column = cell.column === null ? null : columns.now.get(cell.column);
    if (row === undefined || test === undefined || column === undefined) return [];
    return [{ ...cell, row, column, test }];
  });
  return { ...grid, rows: rows.list, columns: columns.list, tests: tests.list, cells };
}

function pick<T extends Axis | GridTest>(
  list: readonly T[],
  kept: readonly string[],
  nameOf: (one: T) => string,
) {
  const at = new Map(list.map((one, index) => [nameOf(one), index]));
  const indices = kept.flatMap((name) => at.get(name) ?? []);
  return {
    list: indices.flatMap((index) => list[index] ?? []),
    now: new Map(indices.map((before, after) => [before, after])),
  };
}

/** Keeps the axes, tests and cells that a view asks for; counts of progress follow the cells. */
export function applyView(grid: Grid, view: View): Grid {
  const narrowed = onAxes(grid, axesOf(grid, view));
  const cells = narrowed.cells.filter((cell) => isAsked(narrowed, cell, view));
  const shown = cells.filter((cell) => cell.state !== "withheld");
  const { rows, columns, roles } = narrowed;
  const progress = progressOf(shown, { rows, columns, others: roles.others });
  return { ...narrowed, cells, counts: { ...grid.counts, ...progress } };
}

/** Whether a cell of the grid is one that the view asks for, by its parties and by what it says. */
function isAsked(grid: Grid, cell: MatrixCell, view: View): boolean {
  const { entry } = view;
  if (entry !== undefined && !entriesOf(grid, cell).some((one) => entry.includes(one)))
    return false;
  return isLike(cell, view);
}

/** The same, by what the cell says alone. Of a withheld one no outcome is told. */
export function isLike(cell: MatrixCell, { state, outcome }: View): boolean {
  if (cell.aside || !takes(state, cell.state)) return false;
  if (outcome === undefined) return true;
  return cell.state !== "withheld" && cell.outcome !== null && outcome.includes(cell.outcome);
}

/** Whether a cell, named, stands on the axes that a view asks for. */
export function isOnAxes(
  { row, column, test }: { row: string; column: string | null; test: string },
  view: View,
): boolean {
  if (!takes(view.test, test) || !takes(view.rows, row)) return false;
  if (column !== null && !takes(view.columns, column)) return false;
  return takes(view.entry, row) || (column !== null && takes(view.entry, column));
}

function entriesOf({ rows, columns }: Grid, cell: MatrixCell): string[] {
  const column = cell.column === null ? undefined : columns[cell.column]?.entry;
  const others = cell.state === "withheld" ? [] : Object.values(cell.others);
  return [rows[cell.row]?.entry, column, ...others].filter((one) => one !== undefined);
}

/** Why somebody should look at a cell: sides disagree, a side is awaited, or it did not work. */
export type Need = "disputed" | "awaiting" | "failing";

export function needOf(cell: MatrixCell): Need | null {
  if (cell.state === "withheld" || cell.state === "planned") return null;
  if (cell.state === "disputed") return "disputed";
  if (cell.state === "reported" && cell.sides < cell.sidesOf) return "awaiting";
  return cell.outcome !== null && groupOf(cell.outcome) === "broken" ? "failing" : null;
}

/** What counts as passed: every side says that it works, or a ruling does. */
const isPassed = (cell: MatrixCell) => cell.state !== "withheld" && standingOf(cell) === 3;
const isUnsupported = (cell: MatrixCell) =>
  cell.state !== "withheld" && cell.outcome === "unsupported";

/**
 * Whether a cell is there and not what the view is after. Such a one is still drawn, small: a place
 * that is left empty would say that it is untested.
 */
export const isQuiet = (cell: MatrixCell, view: PageView): boolean =>
  !isLike(cell, view) || isHideable(cell, view);

const isHideable = (cell: MatrixCell, { hide = [] }: PageView) =>
  (hide.includes("passing") && isPassed(cell)) ||
  (hide.includes("unsupported") && isUnsupported(cell));

/** One table of a page: which axes it has, and in which order. Changes that arrive do not move it. */
export type Layout = {
  /** `gridKey` of the grid. */
  grid: string;
  /** Which part of the grid: `OpenSSL as client`. */
  part: string | null;
  axes: Axes;
  /** How many rows, columns and tests are left out since nothing on them is worth a look. */
  hidden: number;
};

/** The tables that a view shows. */
export const layoutsOf = (grids: readonly Grid[], view: PageView): Layout[] =>
  grids
    .filter(
      ({ tests }) => view.test === undefined || tests.some(({ key }) => takes(view.test, key)),
    )
    .filter((grid) => isPlayed(grid) || !view.hide?.includes("unsupported"))
    .flatMap((grid) => partsOf(grid, view).map((part) => ({ ...part, whole: grid })))
    .flatMap(({ whole, part, axes }): Layout[] => {
      const cells = onAxes(whole, axes).cells.length;
      const asked = keepAsked(whole, axes, view);
      if (asked === null) return [];
      const kept = cells > 0 ? leaveOut(whole, asked, view) : asked;
      const hidden = sizeOf(asked) - sizeOf(kept);
      return [{ grid: gridKey(whole), part, axes: inOrder(whole, kept, view), hidden }];
    });

/** What was seen counts as played, whatever the entries had said of their roles. */
export const isPlayed = ({ counts, cells }: Grid) => counts.applicable > 0 || cells.length > 0;

const sizeOf = ({ rows, columns, tests }: Axes) => rows.length + columns.length + tests.length;

/** One entry's view of a pair grid is two: the row in which it plays one role, the column of the other. */
function partsOf(grid: Grid, view: PageView): { part: string | null; axes: Axes }[] {
  const axes = axesOf(grid, view);
  const isSolo = grid.roles.columns === null;
  if (view.entry === undefined) return [{ part: null, axes }];
  return view.entry.flatMap((entry) => {
    const asRow = { ...axes, rows: axes.rows.filter((one) => one === entry) };
    const asColumn = { ...axes, columns: axes.columns.filter((one) => one === entry) };
    const name = [...grid.rows, ...grid.columns].find((axis) => axis.entry === entry)?.name;
    return [
      { part: `${name ?? entry} as ${grid.roles.rows}`, axes: asRow },
      { part: `${name ?? entry} as ${grid.roles.columns}`, axes: asColumn },
    ]
      .slice(0, isSolo ? 1 : 2)
      .filter(({ axes: { rows, columns } }) => rows.length > 0 && (isSolo || columns.length > 0));
  });
}

/** Where cells are asked for by what they say: the axes that have one. Null when there is none. */
function keepAsked(grid: Grid, axes: Axes, view: PageView): Axes | null {
  if (view.state === undefined && view.outcome === undefined && view.q === undefined) return axes;
  // An untested place has no cell; all axes have one, but for a grid in which all has been tried. To
  // read the query would bring the whole language to every page that has a grid.
  if (view.q?.toLowerCase().includes("untested")) return axes;
  const kept = whereSome(grid, axes, (cell) => isLike(cell, view));
  return kept.tests.length === 0 ? null : kept;
}

/** Without the axes on which all that was told is of the kinds that are to be left out. */
function leaveOut(grid: Grid, axes: Axes, view: PageView): Axes {
  if (view.hide === undefined) return axes;
  const told = whereSome(grid, axes, () => true);
  const worth = whereSome(grid, axes, (cell) => !isHideable(cell, view));
  const without = (all: string[], seen: string[], kept: string[]) =>
    all.filter((name) => kept.includes(name) || !seen.includes(name));
  return {
    rows: without(axes.rows, told.rows, worth.rows),
    columns: without(axes.columns, told.columns, worth.columns),
    tests: without(axes.tests, told.tests, worth.tests),
  };
}

/** The axes that have such a cell. */
function whereSome(grid: Grid, axes: Axes, isSuch: (cell: MatrixCell) => boolean): Axes {
  const { cells, rows, columns, tests } = onAxes(grid, axes);
  const such = cells.filter(isSuch);
  const at = (indices: (number | null)[]) => {
    const seen = new Set(indices);
    return (_: unknown, index: number) => seen.has(index);
  };
  return {
    rows: names(rows.filter(at(such.map(({ row }) => row)))),
    columns: names(columns.filter(at(such.map(({ column }) => column)))),
    tests: tests.filter(at(such.map(({ test }) => test))).map(({ key }) => key),
  };
}

/** By need of attention when that is asked for, and the pinned entry before all others. */
function inOrder(grid: Grid, axes: Axes, { sort, pin }: PageView): Axes {
  const { cells } = onAxes(grid, axes);
  const needing = cells.filter((cell) => needOf(cell) !== null);
  const order = (list: string[], indexOf: (cell: MatrixCell) => number | null) => {
    const scores = list.map((_, at) => needing.filter((cell) => indexOf(cell) === at).length);
    const byNeed = list
      .map((name, at) => ({ name, score: sort === "attention" ? (scores[at] ?? 0) : 0 }))
      .sort((a, b) => b.score - a.score)
      .map(({ name }) => name);
    return [...byNeed.filter((name) => name === pin), ...byNeed.filter((name) => name !== pin)];
  };
  return {
    rows: order(axes.rows, ({ row }) => row),
    columns: order(axes.columns, ({ column }) => column),
    tests: order(axes.tests, ({ test }) => test),
  };
}

/** A grid as it is drawn, the whole that it is part of, and which part. */
export type DrawnGrid = { grid: Grid; whole: Grid; part: string | null; hidden: number };

/** The grids in these tables; a table whose grid is not there any more is left out. */
export const drawGrids = (
  grids: readonly Grid[],
  layouts: readonly Layout[],
  { flip }: PageView,
): DrawnGrid[] =>
  layouts.flatMap(({ grid: key, part, axes, hidden }) => {
    const whole = grids.find((grid) => gridKey(grid) === key);
    if (!whole) return [];
    const grid = onAxes(whole, axes);
    return [{ grid: flip ? flipped(grid) : grid, whole, part, hidden }];
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

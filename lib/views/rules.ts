import { groupOf } from "@/lib/cells/rules";
import { progressOf, standingOf } from "@/lib/coverage/rules";
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

export const takes = (wanted: readonly string[] | undefined, one: string) =>
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

export const names = (axes: readonly Axis[]) => axes.map(({ entry }) => entry);

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

export const isHideable = (cell: MatrixCell, { hide = [] }: PageView) =>
  (hide.includes("passing") && isPassed(cell)) ||
  (hide.includes("unsupported") && isUnsupported(cell));

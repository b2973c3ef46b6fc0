import { progressOf } from "@/lib/coverage/rules";
import type { Grid, MatrixCell } from "@/lib/matrices/schema";
import type { View } from "./schema";

const takes = (wanted: readonly string[] | undefined, one: string) =>
  wanted === undefined || wanted.includes(one);

/** Keeps the axes, tests and cells that a view asks for; counts of progress follow the cells. */
export function applyView(grid: Grid, view: View): Grid {
  const rows = grid.rows.filter(({ entry }) => takes(view.rows, entry));
  const columns = grid.columns.filter(({ entry }) => takes(view.columns, entry));
  const tests = grid.tests.filter(({ key }) => takes(view.test, key));
  const at = {
    row: indexOf(grid.rows, rows),
    column: indexOf(grid.columns, columns),
    test: indexOf(grid.tests, tests),
  };
  const cells = grid.cells.flatMap((cell): MatrixCell[] => {
    const [row, test] = [at.row.get(cell.row), at.test.get(cell.test)];
    const column = cell.column === null ? null : at.column.get(cell.column);
    if (row === undefined || test === undefined || column === undefined) return [];
    return isAsked(grid, cell, view) ? [{ ...cell, row, column, test }] : [];
  });
  const shown = cells.filter((cell) => cell.state !== "withheld");
  const progress = progressOf(shown, { rows, columns, others: grid.roles.others });
  return { ...grid, rows, columns, tests, cells, counts: { ...grid.counts, ...progress } };
}

const indexOf = <T>(before: readonly T[], after: readonly T[]) =>
  new Map(after.map((one, index) => [before.indexOf(one), index]));

function isAsked(grid: Grid, cell: MatrixCell, { entry, state, outcome }: View): boolean {
  if (entry !== undefined && !entriesOf(grid, cell).some((one) => entry.includes(one)))
    return false;
  if (cell.state === "withheld") return state === undefined && outcome === undefined;
  if (!takes(state, cell.state)) return false;
  return outcome === undefined || (cell.outcome !== null && outcome.includes(cell.outcome));
}

function entriesOf({ rows, columns }: Grid, cell: MatrixCell): string[] {
  const column = cell.column === null ? undefined : columns[cell.column]?.entry;
  const others = cell.state === "withheld" ? [] : Object.values(cell.others);
  return [rows[cell.row]?.entry, column, ...others].filter((one) => one !== undefined);
}

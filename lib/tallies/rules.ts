import { groupBy } from "@/lib/core/group";
import { progressOf } from "@/lib/coverage/rules";
import type { Grid, MatrixCell } from "@/lib/matrices/schema";
import { numbersIn, rollUp } from "@/lib/rollups/rules";
import type { GridSummary, Numbers, Tally } from "@/lib/summaries/schema";

type Names = {
  /** Slugs of entries that are counted and not named. */
  unnamed: ReadonlySet<string>;
  /** role key -> label */
  labels: ReadonlyMap<string, string>;
};

/**
 * A grid as an account keeps it: counts for each test, and for each pair of entries that are named.
 * What is withheld is counted as that and nothing else. Self-pairs are outside, as in the coverage.
 */
export function tallyGrid(grid: Grid, names: Names): { body: GridSummary; numbers: Numbers } {
  const cells = grid.cells.filter((cell) => !isSelfPair(grid, cell));
  const { possible, applicable } = grid.counts;
  const settled = cells.filter(({ state }) => state === "settled").length;
  const byTest = groupBy(cells, ({ test }) => test);
  return {
    numbers: { possible, applicable, ...tallyOf(grid, cells), settled },
    body: {
      ...axesOf(grid, names),
      tests: grid.tests.map(({ key, title, level, measured }, at) => ({
        key,
        title,
        level,
        measured,
        ...tallyOf(grid, byTest.get(at) ?? []),
      })),
      pairs: pairsOf(grid, cells, names),
    },
  };
}

const isSelfPair = ({ rows, columns }: Grid, { row, column }: MatrixCell) =>
  column !== null && rows[row]?.entry === columns[column]?.entry;

const shownOf = ({ rows, columns }: Grid, { unnamed }: Names) => {
  const isShown = ({ entry }: { entry: string }) => !unnamed.has(entry);
  return { rows: rows.filter(isShown), columns: columns.filter(isShown) };
};

function axesOf(grid: Grid, names: Names) {
  const label = (role: string) => names.labels.get(role) ?? role;
  const { rows, columns } = shownOf(grid, names);
  const all = [...grid.rows, ...grid.columns].map(({ entry }) => entry);
  return {
    rowRole: label(grid.roles.rows),
    columnRole: grid.roles.columns === null ? null : label(grid.roles.columns),
    otherRoles: grid.roles.others.map(label),
    rows: rows.map(({ name }) => name),
    columns: columns.map(({ name }) => name),
    unnamed: new Set(all.filter((entry) => names.unnamed.has(entry))).size,
  };
}

function pairsOf(grid: Grid, cells: readonly MatrixCell[], names: Names): GridSummary["pairs"] {
  const shown = shownOf(grid, names);
  const placeOf = (axis: "rows" | "columns", at: number) => {
    const one = grid[axis][at];
    return one ? shown[axis].indexOf(one) : -1;
  };
  const pairs = groupBy(cells, ({ row, column }) => `${row} ${column}`);
  return [...pairs.values()].flatMap((own) => {
    const [first] = own;
    if (!first) return [];
    const row = placeOf("rows", first.row);
    const column = first.column === null ? null : placeOf("columns", first.column);
    return row < 0 || column === -1 ? [] : [{ row, column, ...tallyOf(grid, own) }];
  });
}

function tallyOf({ rows, columns, roles }: Grid, cells: readonly MatrixCell[]): Tally {
  const shown = cells.filter((cell) => cell.state !== "withheld");
  const { disputed, withheld } = numbersIn(rollUp(cells));
  return {
    ...progressOf(shown, { rows, columns, others: roles.others }),
    disputed,
    withheld,
  };
}

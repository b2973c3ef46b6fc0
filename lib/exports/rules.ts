import type { CellState } from "@/lib/cells/schema";
import type { Grid, Matrix, MatrixCell, ShownCell } from "@/lib/matrices/schema";
import { EVERY_OUTCOME, OUTCOME_SIGNS } from "@/lib/outcomes/rules";
import type { Outcome } from "@/lib/results/schema";

/** One character for each cell of a grid: upper case is confirmed, lower case is one side's word. */
export const COMPACT_LEGEND: Record<string, string> = {
  ".": "untested",
  "-": "planned",
  "#": "disputed",
  "*": "withheld",
  ...Object.fromEntries(
    EVERY_OUTCOME.flatMap((outcome) => {
      const { letter } = OUTCOME_SIGNS[outcome];
      return [
        [letter, `confirmed or settled: ${outcome}`],
        [letter.toLowerCase(), `reported: ${outcome}`],
      ];
    }),
  ),
};

const SURE: readonly CellState[] = ["confirmed", "settled"];

/** The character of a cell. */
export function codeOf(cell: MatrixCell): string {
  if (cell.state === "withheld") return "*";
  if (cell.state === "planned") return "-";
  if (cell.state === "disputed" || cell.outcome === null) return "#";
  const { letter } = OUTCOME_SIGNS[cell.outcome satisfies Outcome];
  return SURE.includes(cell.state) ? letter : letter.toLowerCase();
}

/** The characters by what wants attention first, as `rollups` has it. */
export const GRAVEST_FIRST = "#fFtTeEiIuUgGsSpP*-.";

export type CompactGrid = Omit<Grid, "cells"> & { cells: string };

/** From bytes to text. */
export const LETTERS = new TextDecoder();
const byteOf = (letter: string) => letter.charCodeAt(0);

/** A character's place among all by what wants attention first. */
const RANKS = new Uint8Array(128).fill(GRAVEST_FIRST.length);
for (const [rank, letter] of [...GRAVEST_FIRST].entries()) RANKS[byteOf(letter)] = rank;
export const rankOf = (letter: number | undefined) => RANKS[letter ?? 0] ?? 0;

/**
 * `cells` holds, for each row and then each column, one character per test. Where a test has several
 * variants or third parties the one that needs most attention is told.
 */
export function lettersOf({ rows, columns, tests, cells }: Omit<Grid, "counts">): Uint8Array {
  const width = Math.max(1, columns.length);
  const letters = new Uint8Array(rows.length * width * tests.length).fill(byteOf("."));
  for (const cell of cells) {
    const at = (cell.row * width + (cell.column ?? 0)) * tests.length + cell.test;
    const letter = byteOf(codeOf(cell));
    if (rankOf(letter) < rankOf(letters[at])) letters[at] = letter;
  }
  return letters;
}

export const compactGrid = ({ cells, ...grid }: Grid): CompactGrid => ({
  ...grid,
  cells: LETTERS.decode(lettersOf({ ...grid, cells })),
});

export const compactMatrix = ({
  grids,
  ...matrix
}: Omit<Matrix, "grids"> & { grids: readonly CompactGrid[] }) => ({
  ...matrix,
  encoding: "compact" as const,
  legend: COMPACT_LEGEND,
  grids,
});

export const CSV_COLUMNS = [
  "track",
  "test",
  "test_version",
  "variant",
  "row_role",
  "row_entry",
  "row_build",
  "column_role",
  "column_entry",
  "column_build",
  "others",
  "state",
  "outcome",
  "sides",
  "sides_of",
  "attempts",
  "overlays",
  "latest_at",
  "url",
] as const;
type CsvRow = Record<(typeof CSV_COLUMNS)[number], string | number>;

const pairs = (map: Record<string, string>) =>
  Object.entries(map)
    .map(([key, value]) => `${key}=${value}`)
    .join(" ");

/** Long form: one row per cell that is not untested. `origin` makes the links whole. */
export const csvRows = (matrix: Matrix, origin: string): CsvRow[] =>
  matrix.grids.flatMap((grid) =>
    grid.cells.map((cell) => ({
      track: matrix.track,
      ...axesOf(grid, cell),
      state: cell.state,
      ...(cell.state === "withheld" ? NOTHING : sayingOf(cell, origin)),
    })),
  );

function axesOf({ roles, rows, columns, tests }: Grid, { row, column, test }: MatrixCell) {
  const across = column === null ? undefined : columns[column];
  return {
    test: tests[test]?.key ?? "",
    test_version: tests[test]?.version ?? "",
    row_role: roles.rows,
    row_entry: rows[row]?.entry ?? "",
    row_build: rows[row]?.build ?? "",
    column_role: roles.columns ?? "",
    column_entry: across?.entry ?? "",
    column_build: across?.build ?? "",
  };
}

const NOTHING = {
  variant: "",
  others: "",
  outcome: "",
  sides: "",
  sides_of: "",
  attempts: "",
  overlays: "",
  latest_at: "",
  url: "",
};

const sayingOf = (cell: ShownCell, origin: string) => ({
  variant: pairs(cell.variant),
  others: pairs(cell.others),
  outcome: cell.outcome ?? "",
  sides: cell.sides,
  sides_of: cell.sidesOf,
  attempts: cell.attempts,
  overlays: cell.overlays.join(" "),
  latest_at: cell.latestAt ?? "",
  url: `${origin}${cell.url}`,
});

import type { CellState, Overlay } from "@/lib/cells/schema";
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

/** Of a hexadecimal digit for each cell, what its bits say of the cell that the character tells. */
export const MARK_BITS = {
  settled: 1,
  stale: 2,
  flaky: 4,
  knownIssue: 8,
} as const satisfies Partial<Record<Overlay | CellState, number>>;
export const MARK_LEGEND: Record<string, string> = {
  1: "settled by a track lead",
  2: "stale",
  4: "flaky",
  8: "known issue",
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

const OVERLAYS = ["stale", "flaky", "knownIssue"] as const;

/** The bits of a cell's digit. */
export function marksOf(cell: MatrixCell): number {
  if (cell.state === "withheld") return 0;
  const overlays = OVERLAYS.filter((overlay) => cell.overlays.includes(overlay));
  const settled = cell.state === "settled" ? MARK_BITS.settled : 0;
  return overlays.reduce((bits, overlay) => bits | MARK_BITS[overlay], settled);
}

/** Both in one number: the character's code in the low byte, the digit above it. */
export const saidOf = (cell: MatrixCell) => byteOf(codeOf(cell)) | (marksOf(cell) << 8);
export const letterOf = (said: number) => said & 0xff;
export const bitsOf = (said: number) => said >> 8;

/** The characters by what wants attention first, as `rollups` has it. */
export const GRAVEST_FIRST = "#fFtTeEiIuUgGsSpP*-.";

/** `marks` is empty where no cell has any. */
export type CompactGrid = Omit<Grid, "cells"> & { cells: string; marks: string };

const byteOf = (letter: string) => letter.charCodeAt(0);

/** The place of what is said among all by what wants attention first. */
const RANKS = new Uint8Array(256).fill(GRAVEST_FIRST.length);
for (const [rank, letter] of [...GRAVEST_FIRST].entries()) RANKS[byteOf(letter)] = rank;
export const rankOf = (said: number) => RANKS[letterOf(said)] ?? 0;

const SETTLED = MARK_BITS.settled << 8;

/**
 * What one place says where two cells share it: the graver one; of two with the same character all that
 * either is marked with, and settled when both are.
 */
export function graver(one: number, other: number): number {
  const [a, b] = [rankOf(one), rankOf(other)];
  if (a !== b) return a < b ? one : other;
  return ((one | other) & ~SETTLED) | (one & other & SETTLED);
}

export const UNTESTED = byteOf(".");

/**
 * For each row and then each column, what is said of each test. Where a test has several variants or
 * third parties the one that needs most attention is told.
 */
export function saidAt({ rows, columns, tests, cells }: Omit<Grid, "counts">): Uint16Array {
  const width = Math.max(1, columns.length);
  const said = new Uint16Array(rows.length * width * tests.length).fill(UNTESTED);
  for (const cell of cells) {
    const at = (cell.row * width + (cell.column ?? 0)) * tests.length + cell.test;
    said[at] = graver(said[at] ?? UNTESTED, saidOf(cell));
  }
  return said;
}

const TEXT = new TextDecoder();
const DIGITS = new TextEncoder().encode("0123456789abcdef");

/** `cells` and `marks` of a compact grid. */
export function compactCells(said: Uint16Array): Pick<CompactGrid, "cells" | "marks"> {
  const [letters, digits] = [new Uint8Array(said.length), new Uint8Array(said.length)];
  let marked = 0;
  // By hand: there are hundreds of thousands of them, and `from` takes ten times as long.
  for (let at = 0; at < said.length; at += 1) {
    const one = said[at] ?? UNTESTED;
    letters[at] = letterOf(one);
    digits[at] = DIGITS[bitsOf(one)] ?? 0;
    marked |= bitsOf(one);
  }
  return { cells: TEXT.decode(letters), marks: marked > 0 ? TEXT.decode(digits) : "" };
}

export const compactGrid = ({ cells, ...grid }: Grid): CompactGrid => ({
  ...grid,
  ...compactCells(saidAt({ ...grid, cells })),
});

export const compactMatrix = ({
  grids,
  ...matrix
}: Omit<Matrix, "grids"> & { grids: readonly CompactGrid[] }) => ({
  ...matrix,
  encoding: "compact" as const,
  legend: COMPACT_LEGEND,
  markLegend: MARK_LEGEND,
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

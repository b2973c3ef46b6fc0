import { STATE_SIGNS } from "@/lib/cells/rules";
import type { Overlay } from "@/lib/cells/schema";
import { isKnownPassing } from "@/lib/matrices/rules";
import type { Grid, GridTest, MatrixCell } from "@/lib/matrices/schema";
import { OUTCOME_SIGNS } from "@/lib/outcomes/rules";
import { rollUp, type Said } from "@/lib/rollups/rules";

const OVERLAY_WORDS = {
  stale: "stale",
  flaky: "flaky",
  knownIssue: "known issue",
  restricted: "restricted",
} as const satisfies Record<Overlay, string>;

/** `certificate sent, mtu 300`; empty where a test has no variants. */
export const variantWords = (variant: Record<string, string>) =>
  Object.entries(variant)
    .map(([name, value]) => `${name} ${value}`)
    .join(", ");

/** What a cell says: `confirmed pass, 2 of 2 sides, stale`. */
function cellWords(cell: MatrixCell): string {
  if (cell.state === "withheld") return "withheld";
  const state = STATE_SIGNS[cell.state].label.toLowerCase();
  const outcome = cell.outcome && OUTCOME_SIGNS[cell.outcome].label.toLowerCase();
  return [
    outcome ? `${state} ${outcome}` : state,
    ...sidesWords(cell),
    ...cell.overlays.map((overlay) =>
      overlay === "knownIssue" && isKnownPassing(cell)
        ? "known issue now passes"
        : OVERLAY_WORDS[overlay],
    ),
  ].join(", ");
}

/** A test of one party has no sides; a planned cell has heard none yet. */
function sidesWords({ state, sides, sidesOf }: Exclude<MatrixCell, { state: "withheld" }>) {
  const isSided = sidesOf > 0 && state !== "planned";
  return isSided ? [`${sides} of ${sidesOf} ${sidesOf === 1 ? "side" : "sides"}`] : [];
}

export type Place = { row: number; column: number | null; test: number };

/** What names are taken from: a grid, or one without its cells. */
export type Named = Pick<Grid, "roles" | "rows" | "columns" | "tests">;

/** Who and what: `DTLS-05 (server both-profiles), client OpenSSL, server GnuTLS`. */
export function placeWords(grid: Named, place: Place, cell?: MatrixCell): string {
  const test = grid.tests[place.test];
  const variant = cell && "variant" in cell ? variantWords(cell.variant) : "";
  const others = cell && "others" in cell ? Object.entries(cell.others) : [];
  return [
    `${test?.key ?? ""}${variant ? ` (${variant})` : ""}`,
    ...partyWords(grid, place),
    ...others.map(([role, entry]) => `${role} ${entry}`),
  ].join(", ");
}

export function partyWords({ roles, rows, columns }: Named, { row, column }: Omit<Place, "test">) {
  const first = `${roles.rows} ${rows[row]?.name ?? ""}`;
  return column === null ? [first] : [first, `${roles.columns} ${columns[column]?.name ?? ""}`];
}

/** The name of a mark that stands for one cell. */
export const markName = (grid: Named, place: Place, cell: MatrixCell) =>
  `${placeWords(grid, place, cell)}: ${cellWords(cell)}`;

/** The name of a mark that stands for several: `...: 6 of 9 variants, 5 confirmed pass, 1 disputed`. */
export const rollUpName = (grid: Grid, place: Place, cells: readonly MatrixCell[]) =>
  [
    `${placeWords(grid, place)}: ${toldWords(grid.tests[place.test], cells)}`,
    ...countWords(cells),
  ].join(", ");

/** The same for all tests of a pair: `client OpenSSL, server GnuTLS: 12 of 30 tests, ...`. */
export const pairName = (
  grid: Grid,
  pair: { row: number; column: number },
  cells: readonly MatrixCell[],
) =>
  [
    `${partyWords(grid, pair).join(", ")}: ${new Set(cells.map(({ test }) => test)).size} of ${grid.tests.length} tests`,
    ...countWords(cells),
  ].join(", ");

const countWords = (cells: readonly MatrixCell[]): string[] =>
  rollUp(cells).kinds.map(({ said, count }) => `${count} ${shortWords(said)}`);

/** `confirmed pass`: what a cell says, without its sides. */
export function shortWords(cell: Said): string {
  if (cell.state === "withheld") return "withheld";
  const outcome = cell.outcome ? ` ${OUTCOME_SIGNS[cell.outcome].label.toLowerCase()}` : "";
  return STATE_SIGNS[cell.state].label.toLowerCase() + outcome;
}

function toldWords(test: GridTest | undefined, cells: readonly MatrixCell[]): string {
  const tables = tablesOf(cells);
  if (tables > 0)
    return `${cells.length} ${cells.length === 1 ? "cell" : "cells"} of ${tables === 1 ? "one constellation" : `${tables} constellations`} with any third party`;
  const declared = test ? declaredVariants(test) : 1;
  return cells.length <= declared && declared > 1
    ? `${cells.length} of ${declared} variants`
    : `${cells.length} cells`;
}

/** How many different third parties the cells have; none where nobody sits beside the two. */
export const tablesOf = (cells: readonly MatrixCell[]): number =>
  rollUp(cells).constellations.length;

/** How many variants a test declares; one without any is its own single variant. */
export const declaredVariants = (test: GridTest) =>
  Object.values(test.variants).reduce((product, values) => product * values.length, 1);

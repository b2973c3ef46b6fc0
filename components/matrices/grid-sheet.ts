import type * as z from "zod";
import { standingOf } from "@/lib/coverage/rules";
import { bitsOf, type CompactGrid, letterOf, MARK_BITS, UNTESTED } from "@/lib/exports/rules";
import type { compactMatrixSchema } from "@/lib/exports/schema";
import type { Grid, MatrixCell } from "@/lib/matrices/schema";
import { EVERY_OUTCOME, OUTCOME_SIGNS } from "@/lib/outcomes/rules";
import type { Place } from "./wording";

export type CompactMatrix = z.infer<typeof compactMatrixSchema>;

/**
 * A grid too large for an object per cell: one number for each row, column and test, in this order, of the
 * character and the digit that `matrix.json?encoding=compact` has there (`saidOf`). Never changed in place.
 */
export type Sheet = Omit<Grid, "cells"> & { codes: Uint16Array };

/** Only of this page: a query is asked, and not for this one. Above the digit's bits. */
export const ASIDE = 16 << 8;
/** So many numbers there may be. */
const CODES = 32 << 8;

export const sheetsOf = ({ grids }: { grids: readonly CompactGrid[] }): Sheet[] =>
  grids.map(({ cells, marks, ...grid }) => ({ ...grid, codes: codesIn(cells, marks) }));

const TEXT = new TextEncoder();

function codesIn(cells: string, marks: string): Uint16Array {
  const codes = new Uint16Array(TEXT.encode(cells));
  if (marks === "") return codes;
  const digits = TEXT.encode(marks);
  for (let at = 0; at < codes.length; at += 1)
    codes[at] = (codes[at] ?? 0) | (digitAt(digits[at] ?? 0) << 8);
  return codes;
}

/** What a hexadecimal digit says. */
const digitAt = (digit: number) => (digit >= 97 ? digit - 87 : digit - 48);

/** Where a place's number is. */
export const indexOf = ({ columns, tests }: Sheet, { row, column, test }: Place) =>
  (row * Math.max(1, columns.length) + (column ?? 0)) * tests.length + test;

type Shown = Extract<MatrixCell, { id: string }>;
type Said = Pick<Shown, "state" | "outcome">;

/** By the character. */
const SAID = new Map<number, Said | "withheld">([
  ["*".charCodeAt(0), "withheld"],
  ["-".charCodeAt(0), { state: "planned", outcome: null }],
  ["#".charCodeAt(0), { state: "disputed", outcome: null }],
  ...EVERY_OUTCOME.flatMap((outcome): [number, Said][] => {
    const { letter } = OUTCOME_SIGNS[outcome];
    return [
      [letter.charCodeAt(0), { state: "confirmed", outcome }],
      [letter.toLowerCase().charCodeAt(0), { state: "reported", outcome }],
    ];
  }),
]);

/** How many sides under test a place has: none, one, or two. */
export function sidesAt(
  { rows, columns }: Pick<Sheet, "rows" | "columns">,
  row: number,
  column: number | null,
): number {
  const across = column === null ? undefined : columns[column];
  const sides = [rows[row], across].filter((axis) => axis?.kind === "participant");
  return new Set(sides.map((axis) => axis?.entry)).size;
}

const OVERLAYS = ["stale", "flaky", "knownIssue"] as const;
const overlaysIn = (code: number): Shown["overlays"] =>
  OVERLAYS.filter((overlay) => (bitsOf(code) & MARK_BITS[overlay]) > 0);

/** A ruling is told as confirmed, and marked. */
const stateIn = (code: number, { state }: Said): Said["state"] =>
  (bitsOf(code) & MARK_BITS.settled) > 0 ? "settled" : state;

/**
 * The cell that a number tells of, as far as it tells; null where nobody has said anything. Its id is only
 * of this page: `3/4/17`, or `3/4` for all tests of a pair.
 */
export function cellIn(
  sheet: Pick<Sheet, "rows" | "columns">,
  place: Place,
  code: number,
): MatrixCell | null {
  const said = SAID.get(letterOf(code));
  if (said === undefined) return null;
  const aside = code & ASIDE ? ({ aside: true } as const) : {};
  if (said === "withheld") return { ...place, ...aside, state: "withheld" };
  const isAwaited = said.state === "reported" && place.column !== null;
  return {
    ...place,
    ...aside,
    state: stateIn(code, said),
    outcome: said.outcome,
    others: {},
    variant: {},
    sides: isAwaited ? 1 : 0,
    sidesOf: isAwaited ? sidesAt(sheet, place.row, place.column) : 0,
    attempts: 0,
    overlays: overlaysIn(code),
    latestAt: null,
    id: idOf(place),
    url: "",
  };
}

const NOWHERE = { row: 0, column: null, test: 0 } as const;

/** A cell that says what a number does, wherever it stands. */
export const kindOf = (code: number) => cellIn({ rows: [], columns: [] }, NOWHERE, code);

/** A place, named for this page. */
export const idOf = ({ row, column, test }: Place) => `${row}/${column ?? ""}/${test}`;
/** All tests of a pair. */
export const pairIdOf = (placeId: string) => placeId.slice(0, placeId.lastIndexOf("/"));

/** One cell for each kind of number among the tests of a pair, with how many of them there are. */
export type Kind = { code: number; count: number };

export function kindsAt(
  sheet: Sheet,
  at: { row: number; column: number | null },
  tests: readonly number[],
): Kind[] {
  const counts = new Map<number, number>();
  const first = indexOf(sheet, { ...at, test: 0 });
  for (const test of tests) {
    const code = sheet.codes[first + test] ?? UNTESTED;
    if (code !== UNTESTED) counts.set(code, (counts.get(code) ?? 0) + 1);
  }
  return [...counts].map(([code, count]) => ({ code, count }));
}

/** How many of each kind a whole sheet has, by test. */
export function kindsByTest({ codes, tests }: Sheet): Kind[][] {
  // By code and then by test: there are hundreds of thousands of places, and few codes. A list with holes
  // would be a slow one.
  const counts = Array.from<Uint32Array | undefined>({ length: CODES });
  let test = 0;
  for (let at = 0; at < codes.length; at += 1) {
    const code = codes[at] ?? UNTESTED;
    if (code !== UNTESTED) {
      const mine = counts[code] ?? new Uint32Array(tests.length);
      mine[test] = (mine[test] ?? 0) + 1;
      counts[code] = mine;
    }
    test = test + 1 === tests.length ? 0 : test + 1;
  }
  const found = counts.flatMap((mine, code) => (mine ? [{ code, mine }] : []));
  return tests.map((_, at) =>
    found.flatMap(({ code, mine }) => (mine[at] ? [{ code, count: mine[at] }] : [])),
  );
}

/** How far what a number tells of has come (`standingOf`). */
export function standingAt(code: number): number {
  const said = SAID.get(letterOf(code));
  return said === undefined || said === "withheld" ? 0 : standingOf(said);
}

import type * as z from "zod";
import { standingOf } from "@/lib/coverage/rules";
import type { compactMatrixSchema } from "@/lib/exports/schema";
import type { Grid, MatrixCell } from "@/lib/matrices/schema";
import { EVERY_OUTCOME, OUTCOME_SIGNS } from "@/lib/outcomes/rules";
import type { Place } from "./wording";

export type CompactMatrix = z.infer<typeof compactMatrixSchema>;

/**
 * A grid too large for an object per cell: one byte for each row, column and test, in this order, with
 * the character that `matrix.json?encoding=compact` has there. Never changed in place.
 */
export type Sheet = Omit<Grid, "cells"> & { codes: Uint8Array };

export const UNTESTED = ".".charCodeAt(0);

export const sheetsOf = ({ grids }: CompactMatrix): Sheet[] => {
  const encoder = new TextEncoder();
  return grids.map(({ cells, ...grid }) => ({ ...grid, codes: encoder.encode(cells) }));
};

/** Where a place's byte is. */
export const indexOf = ({ columns, tests }: Sheet, { row, column, test }: Place) =>
  (row * Math.max(1, columns.length) + (column ?? 0)) * tests.length + test;

type Said = Pick<Extract<MatrixCell, { id: string }>, "state" | "outcome">;

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

/**
 * The cell that a byte tells of, as far as it tells; null where nobody has said anything. A settled one
 * is told as confirmed, and its id is only of this page: `3/4/17`, or `3/4` for all tests of a pair.
 */
export function cellIn(
  sheet: Pick<Sheet, "rows" | "columns">,
  place: Place,
  code: number,
): MatrixCell | null {
  const said = SAID.get(code);
  if (said === undefined) return null;
  if (said === "withheld") return { ...place, state: "withheld" };
  const isAwaited = said.state === "reported" && place.column !== null;
  return {
    ...place,
    ...said,
    others: {},
    variant: {},
    sides: isAwaited ? 1 : 0,
    sidesOf: isAwaited ? sidesAt(sheet, place.row, place.column) : 0,
    attempts: 0,
    overlays: [],
    latestAt: null,
    id: idOf(place),
    url: "",
  };
}

const NOWHERE = { row: 0, column: null, test: 0 } as const;

/** A cell that says what a byte does, wherever it stands. */
export const kindOf = (code: number) => cellIn({ rows: [], columns: [] }, NOWHERE, code);

/** A place, named for this page. */
export const idOf = ({ row, column, test }: Place) => `${row}/${column ?? ""}/${test}`;
/** All tests of a pair. */
export const pairIdOf = (placeId: string) => placeId.slice(0, placeId.lastIndexOf("/"));

/** One cell for each kind of byte among the tests of a pair, with how many of them there are. */
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
  const counts = tests.map(() => new Map<number, number>());
  for (let at = 0; at < codes.length; at += 1) {
    const code = codes[at] ?? UNTESTED;
    if (code === UNTESTED) continue;
    const mine = counts[at % tests.length];
    mine?.set(code, (mine.get(code) ?? 0) + 1);
  }
  return counts.map((mine) => [...mine].map(([code, count]) => ({ code, count })));
}

/** How far what a byte tells of has come (`standingOf`). */
export function standingAt(code: number): number {
  const said = SAID.get(code);
  return said === undefined || said === "withheld" ? 0 : standingOf(said);
}

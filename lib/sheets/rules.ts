import { groupOf } from "@/lib/cells/rules";
import { progressFrom, standingOf } from "@/lib/coverage/rules";
import {
  type CompactGrid,
  compactCells,
  graver,
  saidAt,
  saidOf,
  UNTESTED,
} from "@/lib/exports/rules";
import { type AlsoSeen, buildGrids, gridKey } from "@/lib/matrices/rules";
import type {
  Counts,
  Grid,
  MatrixCell,
  PackedSource,
  ShownCell,
  Source,
  SourceEntry,
} from "@/lib/matrices/schema";
import { OUTCOMES } from "@/lib/results/schema";
import { joinRollups, type Rollup, rollUp, type Said } from "@/lib/rollups/rules";
import { applyView, isLike } from "@/lib/views/rules";
import type { View } from "@/lib/views/schema";

/** A packed cell: the numbers of its test, its row and its column, and the first letters of what it says. */
const CELL_BYTES = 8;
const [ROW, COLUMN, SAID] = [2, 4, 6];
/** Bits that the numbers of tests and the letters leave free. */
export const PACKED_BITS = { stale: 0x8000, knownIssue: 0x8000, flaky: 0x80 } as const;
const [NUMBER, LETTERS] = [0x7fff, 0x7f7f];
/** No entry has this number: the column of a test for one. */
const NOBODY = 0;

const initialsOf = <T extends string>(words: readonly T[]) =>
  new Map(words.map((word) => [word.charCodeAt(0), word]));
const STATES = initialsOf(["planned", "reported", "confirmed", "disputed", "settled"] as const);
const OUTCOME_NAMES = initialsOf(OUTCOMES);

/**
 * A track's grids with one character for each place: what `compactMatrix` says of the same cells drawn one
 * by one and narrowed by the same view, without an object for each of them.
 */
export const drawSheets = ({ source, packed }: PackedSource, view: View): CompactGrid[] =>
  buildGrids(source, seenIn(packed)).map((whole) => {
    const { cells: rest, counts, ...grid } = applyView(whole, view);
    const said = saidAt({ ...grid, cells: rest });
    const cells = packed.get(gridKey(grid));
    const more = cells ? layCells(cells, said, { source, grid, view }) : NONE;
    return { ...grid, counts: plus(counts, more), ...compactCells(said) };
  });

/**
 * What the cells of each grid say, all of them as one and without an object for each: what `rollUp` says of
 * the same cells drawn one by one. By `gridKey`.
 */
export const rollSheets = ({ source, packed }: PackedSource): Map<string, Rollup> =>
  new Map(
    buildGrids(source, seenIn(packed)).map((grid) => {
      const cells = packed.get(gridKey(grid));
      const rest = rollUp(grid.cells.map(withoutOthers));
      const kinds = cells ? kindsOf(cells, { source, grid, view: {} }) : [];
      return [gridKey(grid), joinRollups(rest, { kinds, constellations: [] })];
    }),
  );

const withoutOthers = (cell: MatrixCell): Said =>
  cell.state === "withheld" ? { state: cell.state } : { state: cell.state, outcome: cell.outcome };

/** How many packed cells say one thing. */
function kindsOf(cells: Uint8Array, laid: Laid): Rollup["kinds"] {
  const placeOf = placesIn(laid);
  const mayShow = consentIn(laid.source);
  const kindOf = kindsIn(laid.view);
  const reader = readerOf(cells);
  const counts = new Map<number, number>();
  for (let at = 0; at < cells.length; at += CELL_BYTES) {
    const [row, column] = [reader.getUint16(at + ROW), reader.getUint16(at + COLUMN)];
    if (placeOf(reader.getUint16(at) & NUMBER, row, column) < 0) continue;
    const code = reader.getUint16(at + SAID) & LETTERS;
    const said = mayShow(kindOf(code).isPassing, row, column) ? code : NOTHING_TOLD;
    counts.set(said, (counts.get(said) ?? 0) + 1);
  }
  return [...counts].map(([said, count]) => ({
    said: said === NOTHING_TOLD ? { state: "withheld" } : withoutOthers(cellSaying(said)),
    count,
  }));
}

/** In place of the letters of a cell that its entries have not agreed to show. */
const NOTHING_TOLD = 0;

type Progress = ReturnType<typeof progressFrom>;
const NONE: Progress = progressFrom([]);

const plus = ({ executed, confirmed, passed, ...counts }: Counts, more: Progress): Counts => ({
  ...counts,
  executed: executed + more.executed,
  confirmed: confirmed + more.confirmed,
  passed: passed + more.passed,
});

const readerOf = ({ buffer, byteOffset, byteLength }: Uint8Array) =>
  new DataView(buffer, byteOffset, byteLength);

/** Who stands in the rows and in the columns of packed cells. */
const seenIn = (packed: PackedSource["packed"]): AlsoSeen =>
  new Map(
    [...packed].map(([signature, cells]) => [
      signature,
      [ROW, COLUMN].map((offset) => numbersAt(cells, offset)),
    ]),
  );

function numbersAt(cells: Uint8Array, offset: number): ReadonlySet<number> {
  const reader = readerOf(cells);
  const numbers = new Set<number>();
  let last = NOBODY;
  for (let at = offset; at < cells.length; at += CELL_BYTES) {
    const number = reader.getUint16(at);
    if (number !== last) numbers.add(number);
    last = number;
  }
  return numbers;
}

type Laid = { source: Source; grid: Omit<Grid, "cells" | "counts">; view: View };

/** Writes each packed cell that the view asks for at its place, and tells how far they have come. */
function layCells(cells: Uint8Array, told: Uint16Array, laid: Laid): Progress {
  const placeOf = placesIn(laid);
  const kindOf = kindsIn(laid.view);
  const mayShow = consentIn(laid.source);
  const reader = readerOf(cells);
  const counts = [0, 0, 0, 0];
  for (let at = 0; at < cells.length; at += CELL_BYTES) {
    const [row, column] = [reader.getUint16(at + ROW), reader.getUint16(at + COLUMN)];
    const test = reader.getUint16(at);
    const place = placeOf(test & NUMBER, row, column);
    const { isPassing, shown, withheld } = kindOf(
      reader.getUint16(at + SAID) | (test & PACKED_BITS.stale ? STALE : 0),
    );
    const kind = mayShow(isPassing, row, column) ? shown : withheld;
    if (place < 0 || kind === null) continue;
    told[place] = graver(told[place] ?? UNTESTED, kind.said);
    if (row !== column) counts[kind.standing] = (counts[kind.standing] ?? 0) + 1;
  }
  return progressFrom(counts);
}

/** Where a cell of these numbers is among the letters; negative where the view does not ask for its parties. */
function placesIn({ source, grid: { rows, columns, tests }, view: { entry } }: Laid) {
  const numbers = new Map(source.entries.map(({ entry: slug, number }) => [slug, number]));
  const axisOf = (axes: Grid["rows"]) => indices(axes.map((axis) => numbers.get(axis.entry) ?? -1));
  const byKey = new Map(source.tests.map(({ key, number }) => [key, number]));
  const testAt = indices(tests.map(({ key }) => byKey.get(key) ?? -1));
  const rowAt = axisOf(rows);
  const columnAt = columns.length === 0 ? indices([NOBODY]) : axisOf(columns);
  const width = Math.max(1, columns.length);
  const asked = entry && new Set(entry.map((slug) => numbers.get(slug)));
  return (test: number, row: number, column: number): number => {
    const [down, across, along] = [rowAt[row] ?? -1, columnAt[column] ?? -1, testAt[test] ?? -1];
    if (down < 0 || across < 0 || along < 0) return -1;
    if (asked && !(asked.has(row) || asked.has(column))) return -1;
    return (down * width + across) * tests.length + along;
  };
}

/** number -> its place in the list; negative for one that is not there */
function indices(numbers: readonly number[]): Int32Array {
  const places = new Int32Array(Math.max(0, ...numbers) + 1).fill(-1);
  for (const [place, number] of numbers.entries()) if (number >= 0) places[number] = place;
  return places;
}

/** Of what a packed cell says together with its test's bit. */
const STALE = 0x10000;

type Kind = { said: number; standing: 0 | 1 | 2 | 3 };
/** What is told of a cell, where its entries agree and where not; null where the view does not ask for it. */
type Kinds = { isPassing: boolean; shown: Kind | null; withheld: Kind | null };

/** There are few things that a cell can say, and many cells. */
function kindsIn(view: View): (said: number) => Kinds {
  const known = new Map<number, Kinds>();
  const hidden = { ...NOWHERE, state: "withheld" } as const;
  const withheld = isLike(hidden, view) ? { said: saidOf(hidden), standing: 0 as const } : null;
  return (said) => {
    const before = known.get(said);
    if (before) return before;
    const cell = cellSaying(said);
    const shown = isLike(cell, view) ? { said: saidOf(cell), standing: standingOf(cell) } : null;
    const isPassing = cell.outcome !== null && groupOf(cell.outcome) === "works";
    const kinds = { isPassing, shown, withheld };
    known.set(said, kinds);
    return kinds;
  };
}

const NOWHERE = { row: 0, column: null, test: 0 } as const;

/** A cell of which only is known what these two letters say, and the bits beside them. */
function cellSaying(said: number): ShownCell {
  const state = STATES.get((said >> 8) & 0x7f);
  if (!state) throw new Error(`A packed cell says ${said}.`);
  return {
    ...NOWHERE,
    state,
    outcome: OUTCOME_NAMES.get(said & 0x7f) ?? null,
    ...{ others: {}, variant: {}, sides: 0, sidesOf: 0, attempts: 0 },
    overlays: [
      ...(said & STALE ? (["stale"] as const) : []),
      ...(said & PACKED_BITS.flaky ? (["flaky"] as const) : []),
      ...(said & PACKED_BITS.knownIssue ? (["knownIssue"] as const) : []),
    ],
    ...{ latestAt: null, id: "", url: "" },
  };
}

/** Whether the entries of these numbers have agreed to show a cell (`isConsented`). */
function consentIn({ needsConsent, entries }: Source) {
  const agreeing = (isPassing: boolean) =>
    new Set([
      NOBODY,
      ...entries.filter((entry) => agrees(entry, isPassing)).map(({ number }) => number),
    ]);
  const [failing, passing] = [agreeing(false), agreeing(true)];
  return (isPassing: boolean, row: number, column: number): boolean => {
    if (!needsConsent) return true;
    const agreed = isPassing ? passing : failing;
    return agreed.has(row) && agreed.has(column);
  };
}

const agrees = ({ kind, consent }: SourceEntry, isPassing: boolean) =>
  kind !== "participant" || (consent.named && (isPassing ? consent.passing : consent.failing));

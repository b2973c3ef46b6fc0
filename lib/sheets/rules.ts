import { groupOf } from "@/lib/cells/rules";
import { progressFrom, standingOf } from "@/lib/coverage/rules";
import { type CompactGrid, codeOf, LETTERS, lettersOf, rankOf } from "@/lib/exports/rules";
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
/** No entry has this number: the column of a test for one. */
const NOBODY = 0;

const initialsOf = <T extends string>(words: readonly T[]) =>
  new Map(words.map((word) => [word.charCodeAt(0), word]));
const STATES = initialsOf(["planned", "reported", "confirmed", "disputed", "settled"] as const);
const OUTCOME_NAMES = initialsOf(OUTCOMES);

const WITHHELD = "*".charCodeAt(0);

/**
 * A track's grids with one character for each place: what `compactMatrix` says of the same cells drawn one
 * by one and narrowed by the same view, without an object for each of them.
 */
export const drawSheets = ({ source, packed }: PackedSource, view: View): CompactGrid[] =>
  buildGrids(source, seenIn(packed)).map((whole) => {
    const { cells: rest, counts, ...grid } = applyView(whole, view);
    const letters = lettersOf({ ...grid, cells: rest });
    const cells = packed.get(gridKey(grid));
    const more = cells ? layCells(cells, letters, { source, grid, view }) : NONE;
    return { ...grid, counts: plus(counts, more), cells: LETTERS.decode(letters) };
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
    if (placeOf(reader.getUint16(at), row, column) < 0) continue;
    const code = reader.getUint16(at + SAID);
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
function layCells(cells: Uint8Array, letters: Uint8Array, laid: Laid): Progress {
  const placeOf = placesIn(laid);
  const kindOf = kindsIn(laid.view);
  const mayShow = consentIn(laid.source);
  const reader = readerOf(cells);
  const counts = [0, 0, 0, 0];
  for (let at = 0; at < cells.length; at += CELL_BYTES) {
    const [row, column] = [reader.getUint16(at + ROW), reader.getUint16(at + COLUMN)];
    const place = placeOf(reader.getUint16(at), row, column);
    const { isPassing, shown, withheld } = kindOf(reader.getUint16(at + SAID));
    const kind = mayShow(isPassing, row, column) ? shown : withheld;
    if (place < 0 || kind === null) continue;
    if (kind.rank < rankOf(letters[place])) letters[place] = kind.letter;
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

type Kind = { letter: number; rank: number; standing: 0 | 1 | 2 | 3 };
/** What is told of a cell, where its entries agree and where not; null where the view does not ask for it. */
type Kinds = { isPassing: boolean; shown: Kind | null; withheld: Kind | null };

/** There are few things that a cell can say, and many cells. */
function kindsIn(view: View): (said: number) => Kinds {
  const known = new Map<number, Kinds>();
  const hidden = { ...NOWHERE, state: "withheld" } as const;
  const withheld = isLike(hidden, view) ? kindOf(WITHHELD, 0) : null;
  return (said) => {
    const before = known.get(said);
    if (before) return before;
    const cell = cellSaying(said);
    const shown = isLike(cell, view) ? kindOf(codeOf(cell).charCodeAt(0), standingOf(cell)) : null;
    const isPassing = cell.outcome !== null && groupOf(cell.outcome) === "works";
    const kinds = { isPassing, shown, withheld };
    known.set(said, kinds);
    return kinds;
  };
}

const kindOf = (letter: number, standing: Kind["standing"]): Kind => ({
  letter,
  rank: rankOf(letter),
  standing,
});

const NOWHERE = { row: 0, column: null, test: 0 } as const;

/** A cell of which only is known what these two letters say. */
function cellSaying(said: number): ShownCell {
  const state = STATES.get(said >> 8);
  if (!state) throw new Error(`A packed cell says ${said}.`);
  return {
    ...NOWHERE,
    state,
    outcome: OUTCOME_NAMES.get(said & 0xff) ?? null,
    ...{ others: {}, variant: {}, sides: 0, sidesOf: 0, attempts: 0 },
    ...{ overlays: [], latestAt: null, id: "", url: "" },
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

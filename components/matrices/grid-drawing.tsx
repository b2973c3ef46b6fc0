import { EntryHead } from "@/components/entries/entry-head";
import { UNTESTED } from "@/lib/exports/rules";
import type { Axis, GridTest, MatrixCell } from "@/lib/matrices/schema";
import { byWords, type Kind } from "./by-test";
import type { Board } from "./grid-board";
import type { Face, Head, Sizes } from "./grid-face";
import { cellIn, idOf, indexOf, kindOf, kindsAt, pairIdOf, type Sheet } from "./grid-sheet";
import { type Look, lookHref, openingAt, openingWith } from "./look";
import { RollUp } from "./matrix-cell";
import { worstFirst } from "./slots";
import { declaredVariants, markName, type Place, partyWords, shortWords } from "./wording";

type Drawing = {
  board: Board;
  sheet: Sheet;
  look: Look;
  labels: Readonly<Record<string, string>>;
  id: string;
  label: string;
  sizes: Sizes;
  frame: object;
};

/** How a board looks: tests by entries, or pairs; by one test, or by all of them in one mark. */
export function faceOf(drawing: Drawing): Face {
  const { board, sheet, look, labels, id, label, sizes, frame } = drawing;
  const { roles } = sheet;
  const isSolo = roles.columns === null;
  const entries = (list: readonly number[], axes: readonly Axis[]) =>
    list.flatMap((at) => entryHead(axes[at]));
  const rows = isSolo
    ? board.tests.flatMap((at) => testHead(sheet.tests[at], look))
    : entries(board.rows, sheet.rows);
  const columns = isSolo ? entries(board.rows, sheet.rows) : entries(board.columns, sheet.columns);
  const isFlipped = look.view.flip !== undefined;
  const placeAt = (down: number, across: number): Place => {
    const [row, column] = isFlipped ? [across, down] : [down, across];
    if (isSolo) return { row: board.rows[column] ?? 0, column: null, test: board.tests[row] ?? 0 };
    return {
      row: board.rows[row] ?? 0,
      column: board.columns[column] ?? 0,
      test: board.tests[0] ?? 0,
    };
  };
  const names = [
    isSolo ? "Test" : (labels[roles.rows] ?? roles.rows),
    labels[roles.columns ?? roles.rows] ?? roles.rows,
  ];
  const [down = "", across = ""] = isFlipped ? names.toReversed() : names;
  const isOne = isSolo || board.tests.length === 1;
  return {
    ...{ frame, id, label, sizes },
    corner: { down, across },
    rows: isFlipped ? columns : rows,
    columns: isFlipped ? rows : columns,
    stampOf: (row, column) => stampAt(drawing, placeAt(row, column), isOne),
    isSelf: (row, column) => isSelfAt(sheet, placeAt(row, column)),
    draw: (row, column) =>
      isOne ? (
        <OneMark {...drawing} place={placeAt(row, column)} />
      ) : (
        <PairMark {...drawing} place={placeAt(row, column)} />
      ),
  };
}

const entryHead = (axis: Axis | undefined): Head[] =>
  axis ? [{ key: axis.entry, head: <EntryHead {...axis} /> }] : [];

const testHead = (test: GridTest | undefined, look: Look): Head[] =>
  test
    ? [
        {
          key: test.key,
          head: (
            <a className="test-head" href={lookHref(look, { test: [test.key] })} tabIndex={-1}>
              <span className="entry-build">{test.key}</span>
              <span>{test.title}</span>
            </a>
          ),
        },
      ]
    : [];

function isSelfAt({ rows, columns }: Sheet, { row, column }: Place): boolean {
  return column !== null && rows[row]?.entry === columns[column]?.entry;
}

/** A number of all that a square shows: two that look alike have the same. */
function stampAt({ board, sheet, look }: Drawing, place: Place, isOne: boolean): number {
  const id = isOne ? idOf(place) : pairIdOf(idOf(place));
  let stamp = Number(look.changed.has(id));
  const first = indexOf(sheet, { ...place, test: 0 });
  for (const test of isOne ? [place.test] : board.tests)
    stamp = (Math.imul(stamp, 31) + (sheet.codes[first + test] ?? UNTESTED)) | 0;
  return stamp;
}

type MarkProps = Drawing & { place: Place };

/** One test of one pair or entry. What it says in full, with its variants, is a step away. */
function OneMark({ sheet, look, place }: MarkProps) {
  const cell = cellIn(sheet, place, sheet.codes[indexOf(sheet, place)] ?? UNTESTED);
  const opening = cell ? null : openingAt(look, sheet, place);
  const test = sheet.tests[place.test];
  const among = test ? amongWords(sheet, test) : "";
  return (
    <RollUp
      name={cell ? `${markName(sheet, place, cell)}${among}` : ""}
      cells={cell ? [cell] : []}
      look={look}
      tally=""
      detailsHref={lookHref(look, {
        ...axesAt(sheet, place),
        test: test ? [test.key] : undefined,
      })}
      opening={opening}
    />
  );
}

/** Of what a mark that stands for several cells is the gravest. */
function amongWords({ roles }: Sheet, test: GridTest): string {
  const variants = declaredVariants(test);
  const ofVariants = variants > 1 ? ` of up to ${variants} variants` : "";
  const ofParties = roles.others.length > 0 ? ` with any ${roles.others.join(" and ")}` : "";
  return ofVariants || ofParties ? `, the gravest${ofVariants}${ofParties}` : "";
}

/** All tests of a pair: the sign of the gravest, and how many have been told of how many. */
function PairMark({ board, sheet, look, place }: MarkProps) {
  const id = pairIdOf(idOf(place));
  const kinds = kindsAt(sheet, place, board.tests).flatMap(({ code, count }): Kind[] => {
    const cell = cellIn(sheet, place, code);
    return cell ? [{ cell: "id" in cell ? { ...cell, id } : cell, count }] : [];
  });
  const cells = worstFirst(kinds.map(({ cell }) => cell));
  const told = kinds.reduce((sum, { count }) => sum + count, 0);
  const counts = byWords(kinds).map(({ cell, count }) => `${count} ${shortWords(cell)}`);
  const [row, column] = [sheet.rows[place.row]?.entry, sheet.columns[place.column ?? 0]?.entry];
  return (
    <RollUp
      name={`${partyWords(sheet, place).join(", ")}: ${told} of ${board.tests.length} tests, ${counts.join(", ")}`}
      cells={cells}
      look={look}
      tally={`${told}/${board.tests.length}`}
      detailsHref={lookHref(look, axesAt(sheet, place))}
      opening={isSelfAt(sheet, place) ? null : openingWith(look, [row, column])}
    />
  );
}

/** The view of just these parties: a plain table, with every cell and the way to it. */
function axesAt({ rows, columns }: Sheet, { row, column }: Place) {
  const listed = (axis: Axis | undefined) => axis && [axis.entry];
  return {
    rows: listed(rows[row]),
    columns: column === null ? undefined : listed(columns[column]),
    entry: undefined,
  };
}

/** Kinds of numbers as kinds of cells, by what wants attention first. */
export function sheetKinds(counted: readonly { code: number; count: number }[]): Kind[] {
  const counts = new Map<number, number>();
  for (const { code, count } of counted) counts.set(code, (counts.get(code) ?? 0) + count);
  const cells = new Map<MatrixCell, number>();
  for (const [code, count] of counts) {
    const cell = kindOf(code);
    if (cell) cells.set(cell, count);
  }
  return worstFirst([...cells.keys()]).map((cell) => ({ cell, count: cells.get(cell) ?? 0 }));
}

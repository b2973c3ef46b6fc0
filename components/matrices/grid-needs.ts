import { UNTESTED } from "@/lib/exports/rules";
import { isQuiet } from "@/lib/views/rules";
import type { PageView } from "@/lib/views/schema";
import { type Board, isNeeding } from "./grid-board";
import { cellIn, indexOf, type Sheet } from "./grid-sheet";
import type { Grip } from "./grid-virtual";

type Drawn = {
  boards: readonly Board[];
  sheets: readonly Sheet[];
  view: PageView;
  grips: readonly (Grip | null)[];
};

type Square = { board: number; row: number; column: number };

/** Takes the focus to the next or previous square that wants attention, round and round, drawn or not. */
export function needAfterIn({ boards, sheets, view, grips }: Drawn, step: 1 | -1) {
  const squares = boards.flatMap((board, at) => {
    const sheet = sheets[board.sheet];
    return sheet ? squaresOf(board, sheet, view).map((square) => ({ board: at, ...square })) : [];
  });
  const here = placeIn(grips);
  const isBefore = (a: Square, b: Square) =>
    a.board - b.board || a.row - b.row || a.column - b.column;
  const next =
    step === 1
      ? (squares.find((square) => !here || isBefore(here, square) < 0) ?? squares[0])
      : (squares.findLast((square) => here && isBefore(square, here) < 0) ?? squares.at(-1));
  if (next) grips[next.board]?.goTo(next);
}

/** Where the focus is; null when it is in none of the grids. */
function placeIn(grips: readonly (Grip | null)[]): Square | null {
  for (const [board, grip] of grips.entries()) {
    const place = grip?.focused();
    if (place) return { board, ...place };
  }
  return null;
}

/** The squares of a board that want attention, row by row as they are drawn. */
function squaresOf(board: Board, sheet: Sheet, view: PageView) {
  const isSolo = sheet.roles.columns === null;
  const [down, across] = isSolo ? [board.tests, board.rows] : [board.rows, board.columns];
  const squares = down.flatMap((_, row) =>
    across.flatMap((__, column) => {
      const places = isSolo
        ? [{ row: across[column] ?? 0, column: null, test: down[row] ?? 0 }]
        : board.tests.map((test) => ({ row: down[row] ?? 0, column: across[column] ?? 0, test }));
      return places.some((place) => isWanted(sheet, place, view)) ? [{ row, column }] : [];
    }),
  );
  if (view.flip === undefined) return squares;
  return squares
    .map(({ row, column }) => ({ row: column, column: row }))
    .sort((a, b) => a.row - b.row || a.column - b.column);
}

function isWanted(
  sheet: Sheet,
  place: { row: number; column: number | null; test: number },
  view: PageView,
): boolean {
  const code = sheet.codes[indexOf(sheet, place)] ?? UNTESTED;
  if (code === UNTESTED || !isNeeding(sheet, place, code)) return false;
  const cell = cellIn(sheet, place, code);
  return cell !== null && !isQuiet(cell, view);
}

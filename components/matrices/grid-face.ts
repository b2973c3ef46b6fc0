import type { ReactNode } from "react";

/** A head of a row or a column. */
export type Head = { key: string; head: ReactNode };

/** In CSS pixels. */
export type Sizes = { width: number; height: number; headWidth: number; headHeight: number };

/** What a large grid shows, by its rows and columns from 0. */
export type Face = {
  /** Another one when rows, columns or the manner of drawing are others; the same while only cells change. */
  frame: object;
  /** Names the grid in the document. */
  id: string;
  label: string;
  corner: { down: string; across: string };
  rows: readonly Head[];
  columns: readonly Head[];
  sizes: Sizes;
  /** Another number when the square is to be drawn anew. */
  stampOf(row: number, column: number): number;
  isSelf(row: number, column: number): boolean;
  draw(row: number, column: number): ReactNode;
};

const COMFORTABLE = { width: 5.5, height: 2.25, headWidth: 12, headHeight: 3 };
// The narrowest that hold "100/100" beside a sign.
const COMPACT = { width: 5.125, height: 1.75, headWidth: 9.75, headHeight: 2.5 };
/** The names of tests are sentences. */
const TEST_HEADS = { comfortable: 24, compact: 17 };

/** The sizes for the reader's size of letters, `em` pixels, in a window so wide. */
export function sizesFor(
  { isCompact, hasTestRows }: { isCompact: boolean; hasTestRows: boolean },
  { em, windowWidth }: { em: number; windowWidth: number },
): Sizes {
  const { width, height, headWidth, headHeight } = isCompact ? COMPACT : COMFORTABLE;
  const wide = isCompact ? TEST_HEADS.compact : TEST_HEADS.comfortable;
  return {
    width: width * em,
    height: height * em,
    headWidth: Math.min((hasTestRows ? wide : headWidth) * em, windowWidth * 0.4),
    headHeight: headHeight * em,
  };
}

import { defaultRangeExtractor, type Range } from "@tanstack/react-virtual";

// What of a large grid is in the document: what the reader sees, a little around it, and the cell in hand.

/** The numbers to draw, in order. `kept` is the one that has the focus: it must not go out of the document. */
export function indexesOf(range: Range, kept: number | null): number[] {
  const seen = defaultRangeExtractor(range);
  if (kept === null || kept < 0 || kept >= range.count || seen.includes(kept)) return seen;
  return [...seen, kept].sort((a, b) => a - b);
}

type Span = { start: number; size: number };
type Seen = {
  /** How far it is scrolled. */
  from: number;
  /** Of the region, in which so much at its start is covered by the heads. */
  extent: number;
  covered: number;
};

/** How far to scroll so that a span is seen whole and from under the heads; as little as possible. */
export function scrollFor({ start, size }: Span, { from, extent, covered }: Seen): number {
  if (start < from + covered) return Math.max(0, start - covered);
  if (start + size > from + extent) return start + size - extent;
  return from;
}

/** DESIGN.md section 9, less the heads. */
const MOST_CELLS = 2800;
/** Rows and columns that are drawn before and after what is seen. */
export const OVERSCAN = 2;

/** How high the region may be so that there are never more cells in the document than may be. */
export function mostHeight(width: number, cell: { width: number; height: number }): number {
  const across = Math.ceil(width / cell.width) + 1 + 2 * OVERSCAN + 1;
  const down = Math.floor(MOST_CELLS / across) - 2 * OVERSCAN - 2;
  return Math.max(4, down) * cell.height;
}

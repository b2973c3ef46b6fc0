import { layoutsOf } from "@/lib/layouts/rules";
import type { Grid } from "@/lib/matrices/schema";
import type { View } from "@/lib/views/schema";

/** Beyond these a page draws only what is in view: squares of its tables, and combinations behind them. */
const MOST_SQUARES = 2000;
const MOST_COMBINATIONS = 20_000;

/** A grid's axes; its cells do not matter here. */
type Frame = Omit<Grid, "cells">;

/**
 * Whether a view of these grids is more than a plain table should have. What it asks for by outcome and
 * state is not looked at: the other cells are drawn small, and not left out.
 */
export function isTooMuch(frames: readonly Frame[], { rows, columns, entry, test }: View): boolean {
  const grids = frames.map((frame): Grid => ({ ...frame, cells: [] }));
  let squares = 0;
  let combinations = 0;
  for (const { axes } of layoutsOf(grids, { rows, columns, entry, test })) {
    const all = axes.rows.length * Math.max(1, axes.columns.length) * axes.tests.length;
    combinations += all;
    squares += axes.columns.length === 0 ? all : axes.rows.length * axes.columns.length;
  }
  return squares > MOST_SQUARES || combinations > MOST_COMBINATIONS;
}

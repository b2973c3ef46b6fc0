import { applyChanges } from "@/lib/matrices/rules";
import type { Grid, MatrixChanges } from "@/lib/matrices/schema";
import { markName } from "./wording";

/** What a page has heard since it was drawn. */
export type Heard = {
  grids: Grid[];
  /** Ids of the cells that have changed since the reader looked. */
  changed: ReadonlySet<string>;
  /** How many changes those were. */
  count: number;
  /** What the latest of them say, for who does not see them; another object for each. */
  news: News;
  isOutdated: boolean;
};
export type News = { count: number; first: string };

export const NOTHING_HEARD = {
  changed: new Set<string>(),
  count: 0,
  news: { count: 0, first: "" },
  isOutdated: false,
} as const;

type Told = { changes: MatrixChanges; version: number } | "seen";

/** Other axes or tests than these, or other eyes, make what is shown outdated. */
export function hear(heard: Heard, told: Told): Heard {
  if (told === "seen") return { ...heard, changed: new Set(), count: 0 };
  const { changes, version } = told;
  const { grids, changed, isOutdated } = applyChanges(heard.grids, changes);
  return {
    grids,
    changed: changed.length > 0 ? new Set([...heard.changed, ...changed]) : heard.changed,
    count: heard.count + changed.length,
    news:
      changed.length > 0 ? { count: changed.length, first: nameIn(grids, changed[0]) } : heard.news,
    isOutdated: heard.isOutdated || isOutdated || changes.version !== version,
  };
}

function nameIn(grids: readonly Grid[], id: string | undefined): string {
  for (const grid of grids) {
    const cell = grid.cells.find((one) => "id" in one && one.id === id);
    if (cell) return markName(grid, cell, cell);
  }
  return "a cell is untested again";
}

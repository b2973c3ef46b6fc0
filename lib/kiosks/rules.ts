import { groupBy } from "@/lib/core/group";
import { applyChanges, gridKey } from "@/lib/matrices/rules";
import type { Axis, Grid, MatrixCell, MatrixChanges, NamedCell } from "@/lib/matrices/schema";
import { numbersIn, type Rollup, rollUp } from "@/lib/rollups/rules";
import type { KioskNews, KioskTrack } from "./schema";

/** For how long a change is news. */
export const NEWS_MINUTES = 15;
/** As many changes as have room. */
const MOST_NEWS = 6;
/** More names than these on an axis nobody reads from five metres. */
const MOST_NAMES = 12;
/** As many rows have room below each other; a table's title, numbers and head take as much as three. */
const MOST_ROWS = 16;
const HEAD_ROWS = 3;
/** A track that has nothing to show says so, and is passed. */
const EMPTY_SECONDS = 5;

/** One thing that the screen shows. */
export type Slide =
  | { kind: "grids"; grids: Grid[] }
  /** What each role pair's cells say, since their squares would be unreadable. */
  | { kind: "rolled"; pairs: { grid: Grid; rollup: Rollup }[] }
  | { kind: "empty" };

/** A track's slides, in their order: one, unless it has more tables than have room. */
export function slidesOf({ grids, rolled }: Pick<KioskTrack, "grids" | "rolled">): Slide[] {
  const pairs = grids
    .map((grid) => ({ grid, rollup: rolled?.[gridKey(grid)] ?? rollUp(grid.cells.map(saidBy)) }))
    .filter(({ rollup }) => numbersIn(rollup).told > 0);
  if (pairs.length === 0) return [{ kind: "empty" }];
  if (rolled !== null || pairs.some(({ grid }) => isUnreadable(grid))) {
    return [{ kind: "rolled", pairs }];
  }
  return inPages(pairs.map(({ grid }) => grid)).map((page) => ({ kind: "grids", grids: page }));
}

const rowsOf = (grids: readonly Grid[]) =>
  grids.reduce((sum, { rows }) => sum + rows.length + HEAD_ROWS, 0);

/** The grids in their order, as many together as have room. */
function inPages(grids: readonly Grid[]): Grid[][] {
  const pages: Grid[][] = [];
  for (const grid of grids) {
    const page = pages.at(-1);
    if (page && rowsOf([...page, grid]) <= MOST_ROWS) page.push(grid);
    else pages.push([grid]);
  }
  return pages;
}

const isUnreadable = ({ rows, columns }: Grid) =>
  rows.length > MOST_NAMES || columns.length > MOST_NAMES;

/** Without third parties: how many there are says nothing of a whole role pair. */
const saidBy = (cell: MatrixCell) =>
  cell.state === "withheld" ? { state: cell.state } : { state: cell.state, outcome: cell.outcome };

/** For how long a slide is shown. */
export const secondsOf = ({ kind }: Slide, every: number): number =>
  kind === "empty" ? Math.min(EMPTY_SECONDS, every) : every;

/** What the cells of a row and a column say as one; a grid of one role has no columns. */
export function pairsIn(grid: Grid): (row: number, column: number | null) => Rollup {
  const cells = groupBy(grid.cells, ({ row, column }) => `${row} ${column}`);
  return (row, column) => rollUp((cells.get(`${row} ${column}`) ?? []).map(saidBy));
}

/** Who comes before or after a track, round and round; the first one where it is not there any more. */
export function trackAfter(
  tracks: readonly { slug: string; title: string }[],
  slug: string,
  step: 1 | -1,
) {
  const at = tracks.findIndex((track) => track.slug === slug);
  if (at === -1) return tracks[0];
  return tracks[(at + step + tracks.length) % tracks.length];
}

/** A changed cell as news of a moment; null for one that is on none of the grids' axes. */
export function newsOf(grids: readonly Grid[], named: NamedCell, at: number): KioskNews | null {
  const grid = grids.find((one) => gridKey(one) === named.grid);
  if (!grid) return null;
  const { cell, row, column, test } = named;
  const others = Object.values(cell.others).map((slug) => nameIn(grids, slug));
  const who = [nameOn(grid.rows, row), ...(column === null ? [] : [nameOn(grid.columns, column)])];
  return {
    ...{ id: cell.id, at, test, who: [...who, ...others].join(", ") },
    said: { state: cell.state, outcome: cell.outcome },
  };
}

const nameOn = (axes: readonly Axis[], slug: string) =>
  axes.find(({ entry }) => entry === slug)?.name ?? slug;

const nameIn = (grids: readonly Grid[], slug: string) =>
  nameOn(
    grids.flatMap(({ rows, columns }) => [...rows, ...columns]),
    slug,
  );

/** The newest news, one of each cell, and none that is old by now. */
export function freshNews(news: readonly KioskNews[], now: number): KioskNews[] {
  const newest = new Map<string, KioskNews>();
  for (const one of news.toSorted((a, b) => b.at - a.at)) {
    if (!newest.has(one.id)) newest.set(one.id, one);
  }
  return [...newest.values()]
    .filter(({ at }) => now - at < NEWS_MINUTES * 60_000)
    .slice(0, MOST_NEWS);
}

/**
 * A track with what a stream told of it at a moment. `isOutdated`: it is to be loaded anew, since its axes or
 * what of it may be seen are others now, or since it has no cells that could change.
 */
export function hearTrack(
  track: KioskTrack,
  changes: MatrixChanges,
  now: number,
): { track: KioskTrack; isOutdated: boolean } {
  const applied = applyChanges(track.grids, changes);
  const isOther = applied.isOutdated || changes.version !== track.version;
  const changed = new Set(applied.changed);
  const news = changes.cells
    .filter(({ cell }) => changed.has(cell.id))
    .flatMap((named) => newsOf(track.grids, named, now) ?? []);
  return {
    track: {
      ...track,
      grids: track.rolled === null ? applied.grids : track.grids,
      recent: freshNews([...news, ...track.recent], now),
    },
    isOutdated: isOther || track.rolled !== null,
  };
}

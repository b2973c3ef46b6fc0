import type { MatrixCell } from "@/lib/matrices/schema";
import { isQuiet, type Need, needOf, viewQuery } from "@/lib/views/rules";
import type { PageView } from "@/lib/views/schema";

/** How the cells of a page are looked at. */
export type Look = {
  view: PageView;
  /** Of the track's page, for links that change the view. */
  path: string;
  /** Ids of the cells that have changed since the reader looked. */
  changed: ReadonlySet<string>;
};

export const lookHref = ({ view, path }: Look, changes: Partial<PageView>) =>
  `${path}${viewQuery(view, changes)}`;

/** The cells that the view is after; the others are drawn small. */
export const loudOf = (cells: readonly MatrixCell[], { view }: Look) =>
  cells.filter((cell) => !isQuiet(cell, view));

const URGENCY = ["disputed", "awaiting", "failing"] as const satisfies readonly Need[];

type Flags = {
  "data-quiet": true | undefined;
  "data-need": Need | undefined;
  "data-changed": true | undefined;
};

/** What a mark of these cells tells the style sheet and the keyboard. */
export function flagsOf(cells: readonly MatrixCell[], look: Look): Flags {
  const loud = loudOf(cells, look);
  const needs = new Set(loud.map(needOf));
  const isChanged = cells.some((cell) => "id" in cell && look.changed.has(cell.id));
  return {
    "data-quiet": loud.length === 0 || undefined,
    "data-need": URGENCY.find((need) => needs.has(need)),
    "data-changed": isChanged || undefined,
  };
}

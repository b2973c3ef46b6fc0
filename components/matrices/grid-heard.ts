import type { MatrixChanges } from "@/lib/matrices/schema";
import { applyToSheets } from "./grid-changes";
import { type CompactMatrix, pairIdOf, type Sheet, sheetsOf } from "./grid-sheet";
import type { News } from "./heard";
import { markName } from "./wording";

/** What a page of sheets has heard since it was drawn; `Heard` (./heard) for grids of that size. */
export type SheetsHeard = {
  sheets: Sheet[];
  /** What the sheets were read from last. */
  read: CompactMatrix;
  /** Ids of the places and of the pairs that have changed since the reader looked. */
  changed: ReadonlySet<string>;
  count: number;
  news: News;
  isOutdated: boolean;
  /** Counts what could only be told by reading all of them anew. */
  unsure: number;
};

export const hearNothing = (read: CompactMatrix): SheetsHeard => ({
  sheets: sheetsOf(read),
  read,
  changed: new Set(),
  count: 0,
  news: { count: 0, first: "" },
  isOutdated: false,
  unsure: 0,
});

type Told = { changes: MatrixChanges; version: number } | { read: CompactMatrix } | "seen";

export function hearSheets(heard: SheetsHeard, told: Told): SheetsHeard {
  if (told === "seen") return { ...heard, changed: new Set(), count: 0 };
  if ("read" in told)
    return told.read === heard.read
      ? heard
      : { ...heard, read: told.read, sheets: sheetsOf(told.read), unsure: 0, isOutdated: false };
  const { changes, version } = told;
  const { sheets, changed, first, isOutdated, isUnsure } = applyToSheets(heard.sheets, changes);
  const hasNews = changed.length > 0 && first !== null;
  return {
    ...heard,
    sheets,
    changed: hasNews
      ? new Set([...heard.changed, ...changed, ...changed.map(pairIdOf)])
      : heard.changed,
    count: heard.count + changed.length,
    news: hasNews
      ? { count: changed.length, first: markName(first.sheet, first.cell, first.cell) }
      : heard.news,
    isOutdated: heard.isOutdated || isOutdated || changes.version !== version,
    unsure: heard.unsure + Number(isUnsure),
  };
}

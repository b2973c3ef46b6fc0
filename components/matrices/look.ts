import { roleField, variantParam } from "@/components/pairings/choice";
import type { MatrixCell } from "@/lib/matrices/schema";
import { isQuiet, type Need, needOf, viewQuery } from "@/lib/views/rules";
import type { PageView } from "@/lib/views/schema";
import { type Named, type Place, placeWords } from "./wording";

/** How the cells of a page are looked at. */
export type Look = {
  view: PageView;
  /** Of the track's page, for links that change the view. */
  path: string;
  /** Ids of the cells that have changed since the reader looked. */
  changed: ReadonlySet<string>;
  /** Where the reader may log what has not been tried yet. */
  log?: LogWay | undefined;
  /** Only what the view asks for is here: of how many it is a part is not known. */
  isPart?: boolean;
  /** Links are no tab stops: the grid's cells are. */
  isGrid?: true;
};

/** `path` is of the log page; results are logged for one's own entries, by their slugs. */
export type LogWay = { path: string; track: string; own: readonly string[] };

export const lookHref = ({ view, path }: Look, changes: Partial<PageView>) =>
  `${path}${viewQuery(view, changes)}`;

/** An empty place that the reader may fill: its name, and the log page with all of it chosen. */
export function openingAt(
  { log }: Look,
  grid: Named,
  { variant = {}, ...place }: Place & { variant?: Record<string, string> },
): { name: string; href: string } | null {
  const { roles, rows, columns, tests } = grid;
  const seats = [
    { role: roles.rows, entry: rows[place.row]?.entry },
    {
      role: roles.columns,
      entry: place.column === null ? undefined : columns[place.column]?.entry,
    },
  ];
  const entries = seats.flatMap(({ entry }) => entry ?? []);
  if (!log?.own.some((slug) => entries.includes(slug)) || new Set(entries).size < entries.length)
    return null;
  const query = new URLSearchParams({ track: log.track, test: tests[place.test]?.key ?? "" });
  for (const { role, entry } of seats) if (role && entry) query.set(roleField(role), entry);
  for (const [name, value] of Object.entries(variant)) query.set(variantParam(name), value);
  return { name: `${placeWords(grid, place)}: untested, log it`, href: `${log.path}?${query}` };
}

/** The same for all tests of a pair: the log page asks which. */
export function openingWith(
  { log }: Look,
  pair: readonly [string | undefined, string | undefined],
) {
  const [one, other] = pair;
  const own = log?.own.find((slug) => slug === one || slug === other);
  const partner = own === one ? other : one;
  if (!log || own === undefined || partner === undefined || one === other) return null;
  const query = new URLSearchParams({ track: log.track, with: partner });
  return {
    name: `Nothing of ${one} with ${other} yet: log a result`,
    href: `${log.path}?${query}`,
  };
}

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

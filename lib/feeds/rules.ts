import { Feed } from "feed";
import { STATE_SIGNS } from "@/lib/cells/rules";
import { xml } from "@/lib/core/xml";
import type { Grid, Matrix, ShownCell } from "@/lib/matrices/schema";
import { OUTCOME_SIGNS } from "@/lib/outcomes/rules";

/** So many of the newest cells are told. */
const NEWEST = 50;

type Told = { grid: Grid; cell: ShownCell; latestAt: string };
type Where = { title: string; origin: string; path: string };

/**
 * The newest changes of a track as an Atom feed (RFC 4287), of the cells that `matrix.json` answers the
 * same reader. An entry is a cell as it is since a moment: it changes when the cell does.
 */
export function changesFeed(
  { grids, generatedAt }: Matrix,
  { title, origin, path }: Where,
): string {
  const told = grids
    .flatMap((grid) => grid.cells.flatMap((cell) => toldOf(grid, cell)))
    .sort((a, b) => (a.latestAt < b.latestAt ? 1 : -1))
    .slice(0, NEWEST);
  const feed = new Feed({
    id: `${origin}${path}`,
    title,
    link: `${origin}${path}`,
    updated: new Date(told[0]?.latestAt ?? generatedAt),
    copyright: "",
    generator: "Plugfest",
  });
  for (const one of told) feed.addItem(itemOf(one, origin));
  return feed.atom1();
}

const toldOf = (grid: Grid, cell: Grid["cells"][number]): Told[] =>
  cell.state === "withheld" || cell.latestAt === null
    ? []
    : [{ grid, cell, latestAt: cell.latestAt }];

function itemOf({ grid, cell, latestAt }: Told, origin: string) {
  const { roles, rows, columns, tests } = grid;
  const test = tests[cell.test];
  const parties = [
    `${roles.rows} ${rows[cell.row]?.name ?? ""}`,
    ...(cell.column === null ? [] : [`${roles.columns} ${columns[cell.column]?.name ?? ""}`]),
    ...Object.entries(cell.others).map(([role, entry]) => `${role} ${entry}`),
  ].join(", ");
  const outcome = cell.outcome ? ` ${OUTCOME_SIGNS[cell.outcome].label.toLowerCase()}` : "";
  const state = STATE_SIGNS[cell.state].label.toLowerCase() + outcome;
  return {
    id: `${origin}${cell.url}#${latestAt}`,
    link: `${origin}${cell.url}`,
    // The library says that both are HTML, so plain text is to be escaped.
    title: xml(`${test?.key ?? ""}, ${parties}: ${state}`),
    description: xml(test?.title ?? ""),
    date: new Date(latestAt),
  };
}

import type { Permit } from "@/lib/auth/permit";
import { database } from "@/lib/db/client";
import { drawSheets } from "@/lib/sheets/rules";
import { isTooMuch } from "@/lib/tables/rules";
import { isOnAxes } from "@/lib/views/rules";
import type { View } from "@/lib/views/schema";
import { buildGrids, gridKey } from "../rules";
import type { Grid, MatrixPage, SourceCell } from "../schema";
import { drawPlan, matrixOf } from "./matrix";
import { loadPacked } from "./packed";
import {
  CELL_COLUMNS,
  type CellRow,
  cellOf,
  loadPlan,
  ONLY_OWN,
  type Plan,
  sourceOf,
} from "./source";

/** Those on the axes that a view asks for, by the event's small numbers; null asks for all. */
const CELLS_ON_AXES = `
SELECT ${CELL_COLUMNS} FROM cell c WHERE c.track_id = $1 AND c.state <> 'untested' AND ${ONLY_OWN}
  AND ($3::int[] IS NULL OR c.row_number = ANY ($3)) AND ($4::int[] IS NULL OR c.column_number = 0 OR c.column_number = ANY ($4))
  AND ($5::int[] IS NULL OR c.row_number = ANY ($5) OR c.column_number = ANY ($5)) AND ($6::int[] IS NULL OR c.test_number = ANY ($6))
ORDER BY c.test_number, c.row_number, c.column_number, c.id`;

/** When the last change before a position was made. */
const LAST_CHANGE =
  "SELECT max(l.at) AS at FROM event_log l WHERE l.track_id = $1 AND l.xid < $2::xid8";

type Where = { trackSlug: string; plan: Plan };
/** What a page asks for, and of which moment; without one, of now. */
type Asked = View & { asOf: string | undefined };

/**
 * A track's matrix as far as a page needs it: all of it where it is small, the cells on the axes that the
 * view asks for where those are few, and the axes alone where even that would be too much to draw as a
 * plain table: then the page reads `matrix.json?encoding=compact` and draws what is in view.
 */
export async function loadPage(
  permit: Permit<"matrix.view">,
  trackSlug: string,
  asked: Asked,
): Promise<MatrixPage> {
  const plan = await loadPlan(permit, trackSlug);
  const where = { trackSlug, plan };
  const frames = buildGrids(sourceOf(permit, trackSlug, { plan, cells: [] }));
  const asOf = asked.asOf ?? plan.horizon;
  const beside = { zone: plan.zone, lastChangeAt: await lastChange(plan, asked.asOf) };
  if (isTooMuch(frames, asked))
    return { ...matrixOf(permit, where, { grids: frames, asOf }), ...beside, told: "axes" };
  if (!isTooMuch(frames, {}))
    return { ...(await drawPlan(permit, where, asked.asOf)), ...beside, told: "all" };
  const grids = await drawPart(permit, where, asked);
  return { ...matrixOf(permit, where, { grids, asOf }), ...beside, told: "part" };
}

/** RFC 3339. A party of a restricted track sees its own cells, and not when others' changed. */
async function lastChange({ id, only }: Plan, asOf: string | undefined): Promise<string | null> {
  if (asOf === undefined || only !== null) return null;
  const { rows } = await database().pool.query<{ at: Date | null }>(LAST_CHANGE, [id, asOf]);
  return rows[0]?.at?.toISOString() ?? null;
}

/** The grids with some of their cells, and the numbers of all of them. */
async function drawPart(
  permit: Permit<"matrix.view">,
  where: Where,
  { asOf, ...view }: Asked,
): Promise<Grid[]> {
  if (asOf !== undefined) {
    const { matrix } = await drawPlan(permit, where, asOf);
    return matrix.grids.map((grid) => partOf(grid, view));
  }
  const [packed, cells] = await Promise.all([
    loadPacked(permit, where, undefined),
    listOnAxes(permit, where, view),
  ]);
  const counts = new Map(drawSheets(packed, {}).map((sheet) => [gridKey(sheet), sheet.counts]));
  const { trackSlug, plan } = where;
  return buildGrids(sourceOf(permit, trackSlug, { plan, cells })).map((grid) => ({
    ...grid,
    counts: counts.get(gridKey(grid)) ?? grid.counts,
  }));
}

/** The cells of a grid on the axes that a view asks for; its axes and numbers stay. */
function partOf(grid: Grid, view: View): Grid {
  const { rows, columns, tests } = grid;
  const cells = grid.cells.filter(({ row, column, test }) => {
    const named = {
      row: rows[row]?.entry ?? "",
      column: column === null ? null : (columns[column]?.entry ?? ""),
      test: tests[test]?.key ?? "",
    };
    return isOnAxes(named, view);
  });
  return { ...grid, cells };
}

async function listOnAxes(
  permit: Permit<"matrix.view">,
  { trackSlug, plan }: Where,
  { rows, columns, entry, test }: View,
): Promise<SourceCell[]> {
  // By the names that the reader sees: they are not everybody's.
  const { entries, tests } = sourceOf(permit, trackSlug, { plan, cells: [] });
  const numbers = new Map(entries.map((one) => [one.entry, one.number]));
  const keys = new Map(tests.map((one) => [one.key, one.number]));
  const told = await database().pool.query<CellRow>({
    name: "matrix-cells-on-axes",
    text: CELLS_ON_AXES,
    values: [
      ...[plan.id, plan.only],
      ...[rows, columns, entry].map((names) => names?.flatMap((name) => numbers.get(name) ?? [])),
      test?.flatMap((key) => keys.get(key) ?? []),
    ],
  });
  return told.rows.map(cellOf).filter((cell) => cell !== null);
}

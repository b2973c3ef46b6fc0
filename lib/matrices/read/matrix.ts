import type { Permit } from "@/lib/auth/permit";
import { database } from "@/lib/db/client";
import { buildGrids } from "../rules";
import type { TrackMatrix } from "../schema";
import { CELL_COLUMNS, type CellRow, cellOf, loadPlan, ONLY_OWN, sourceOf } from "./source";

const CELLS = `SELECT ${CELL_COLUMNS} FROM cell c WHERE c.track_id = $1 AND c.state <> 'untested' AND ${ONLY_OWN}`;

/**
 * The matrix of a track in three queries, whatever its size. A restricted track shows its parties
 * their own cells, its leads and the organizers all, and to everybody else does not exist.
 */
export async function loadMatrix(
  permit: Permit<"matrix.view">,
  trackSlug: string,
): Promise<TrackMatrix> {
  const plan = await loadPlan(permit, trackSlug);
  const { rows } = await database().pool.query<CellRow>({
    name: "matrix-cells",
    text: CELLS,
    values: [plan.id, plan.only],
  });
  const cells = rows.map(cellOf).filter((cell) => cell !== null);
  return {
    title: plan.title,
    restricted: plan.restricted,
    version: plan.version,
    roleLabels: Object.fromEntries(plan.roles.map(({ key, label }) => [key, label])),
    matrix: {
      event: permit.scope.eventSlug,
      track: trackSlug,
      asOf: plan.horizon,
      generatedAt: new Date().toISOString(),
      grids: buildGrids(sourceOf(permit, trackSlug, { plan, cells })),
    },
  };
}

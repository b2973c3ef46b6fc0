import type { Permit } from "@/lib/auth/permit";
import { database } from "@/lib/db/client";
import { buildGrids, type SourceCell } from "../rules";
import type { TrackMatrix } from "../schema";
import {
  CELL_COLUMNS,
  type CellRow,
  cellOf,
  loadPlan,
  ONLY_OWN,
  type Plan,
  sightOf,
  sourceOf,
} from "./source";

/** The same cells are told in the same order, so that an answer that says the same has the same tag. */
const IN_ORDER = "ORDER BY c.test_number, c.row_number, c.column_number, c.id";

const CELLS = `SELECT ${CELL_COLUMNS} FROM cell c WHERE c.track_id = $1 AND c.state <> 'untested' AND ${ONLY_OWN} ${IN_ORDER}`;

/**
 * The cells as the log has them at a position: the last row of each that was committed before it. A
 * plan leaves no row, so what was only planned then is untested here.
 */
const CELLS_AS_OF = `
SELECT c.id, c.test_case_id, c.variant, c.parties, c.signature, l.state, l.outcome, l.sides, l.sides_of, l.attempts,
  l.flaky, l.known_issue, l.tested, l.test_version, l.latest_at
FROM cell c CROSS JOIN LATERAL (
  SELECT detail->>'state' AS state, detail->>'outcome' AS outcome, (detail->>'sides')::int AS sides,
    (detail->>'sidesOf')::int AS sides_of, (detail->>'attempts')::int AS attempts, (detail->>'flaky')::bool AS flaky,
    coalesce((detail->>'knownIssue')::bool, false) AS known_issue, detail->'tested' AS tested, (detail->>'testVersion')::int AS test_version, (detail->>'latestAt')::timestamptz AS latest_at
  FROM event_log WHERE track_id = $1 AND kind = 'cell' AND subject = c.id::text AND xid < $3::xid8
  ORDER BY xid DESC, id DESC LIMIT 1) l
WHERE c.track_id = $1 AND l.state NOT IN ('untested', 'planned') AND ${ONLY_OWN} ${IN_ORDER}`;

/**
 * The matrix of a track in three queries, whatever its size. A restricted track shows its parties
 * their own cells, its leads and the organizers all, and to everybody else does not exist.
 * `asOf` draws it as it was at a position that an earlier answer gave; who may see it is today's rule.
 */
export async function loadMatrix(
  permit: Permit<"matrix.view">,
  trackSlug: string,
  asOf?: string,
): Promise<TrackMatrix> {
  return drawPlan(permit, { trackSlug, plan: await loadPlan(permit, trackSlug) }, asOf);
}

/** The same of a plan that is here already. */
export async function drawPlan(
  permit: Permit<"matrix.view">,
  { trackSlug, plan }: { trackSlug: string; plan: Plan },
  asOf: string | undefined,
): Promise<TrackMatrix> {
  const cells = await listCells(plan, asOf);
  return {
    title: plan.title,
    restricted: plan.restricted,
    version: plan.version,
    sight: sightOf(permit, plan),
    roleLabels: Object.fromEntries(plan.roles.map(({ key, label }) => [key, label])),
    matrix: {
      event: permit.scope.eventSlug,
      track: trackSlug,
      asOf: asOf ?? plan.horizon,
      generatedAt: new Date().toISOString(),
      grids: buildGrids(sourceOf(permit, trackSlug, { plan, cells })),
    },
  };
}

async function listCells(plan: Plan, asOf: string | undefined): Promise<SourceCell[]> {
  const { rows } = await database().pool.query<CellRow>(
    asOf === undefined
      ? { name: "matrix-cells", text: CELLS, values: [plan.id, plan.only] }
      : { name: "matrix-cells-as-of", text: CELLS_AS_OF, values: [plan.id, plan.only, asOf] },
  );
  return rows.map(cellOf).filter((cell) => cell !== null);
}

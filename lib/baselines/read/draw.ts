import type { Permit } from "@/lib/auth/permit";
import { Refusal } from "@/lib/core/refusal";
import { database } from "@/lib/db/client";
import { matrixOf } from "@/lib/matrices/read/matrix";
import {
  CELL_COLUMNS,
  type CellRow,
  cellOf,
  ONLY_OWN,
  type Plan,
  sourceOf,
} from "@/lib/matrices/read/source";
import { buildGrids } from "@/lib/matrices/rules";
import type { TrackMatrix } from "@/lib/matrices/schema";
import type { BaselineLine } from "../schema";

type Where = { permit: Permit<"matrix.view">; trackSlug: string; plan: Plan };

/** A cell as it is, but for what it says: of columns with one name a row has the last. */
const EXPECTED = `
SELECT ${CELL_COLUMNS}, 'confirmed' AS state, x.outcome, NULL::timestamptz AS latest_at
FROM expectation x JOIN cell c ON c.id = x.cell_id
WHERE x.track_id = $1 AND ${ONLY_OWN}
ORDER BY c.test_number, c.row_number, c.column_number, c.id`;

/**
 * The matrix as its track's leads expect it: one query. Who may see a cell, and whose outcome may be told,
 * is as in the matrix; every state is "confirmed" and means nothing.
 */
export async function drawBaseline({ permit, trackSlug, plan }: Where): Promise<TrackMatrix> {
  const { rows } = await database().pool.query<CellRow>(EXPECTED, [plan.id, plan.only]);
  if (rows.length === 0) {
    throw new Refusal("not_found", "This track has no expected baseline that you may see.");
  }
  const cells = rows.map(cellOf).filter((cell) => cell !== null);
  const grids = buildGrids(sourceOf(permit, trackSlug, { plan, cells }));
  return matrixOf(permit, { trackSlug, plan }, { grids, asOf: plan.horizon });
}

const BASELINE = `
SELECT b.position::text, b.set_at FROM baseline b
WHERE b.track_id = $1 AND EXISTS (SELECT FROM expectation x JOIN cell c ON c.id = x.cell_id
  WHERE x.track_id = b.track_id AND ${ONLY_OWN})`;

/** Whether a track has a baseline, and of when; null where nothing is expected that the reader may see. */
export async function loadBaseline({ id, only }: Plan): Promise<BaselineLine | null> {
  type Row = { position: string | null; set_at: Date };
  const { rows } = await database().pool.query<Row>(BASELINE, [id, only]);
  const [row] = rows;
  return row ? { position: row.position, setAt: row.set_at.toISOString() } : null;
}

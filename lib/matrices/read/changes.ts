import type { Permit } from "@/lib/auth/permit";
import { database } from "@/lib/db/client";
import { follow, type Look } from "@/lib/live/follow";
import { nameCells } from "../rules";
import { type MatrixChanges, NO_VERSION } from "../schema";
import {
  CELL_COLUMNS,
  type CellRow,
  cellOf,
  loadPlan,
  ONLY_OWN,
  sightOf,
  sourceOf,
} from "./source";

/** Without a changed cell there is one row, and the cell's columns in it are null. */
type Row = (CellRow | { id: null }) & { horizon: string; version: number };

/** The changed cells and the next horizon, of one snapshot: none commits between the two. */
const CHANGES = `
SELECT h.horizon, e.catalogue_version AS version, ${CELL_COLUMNS}
FROM (SELECT pg_snapshot_xmin(pg_current_snapshot())::text AS horizon) h
JOIN track t ON t.id = $1 JOIN interop_event e ON e.id = t.event_id
LEFT JOIN cell c ON c.track_id = t.id AND c.xid >= $3::xid8 AND ${ONLY_OWN}`;

/** What a reader has: how far, of which axes and tests, and drawn for whose eyes (`sightOf`). */
export type Known = { horizon: string; version: number; sight: string };

/**
 * What has changed in a track since `horizon`, as far as the reader may see it. Another `version` than
 * the reader's tells that the axes or tests have changed, or what the reader may see: then the matrix
 * is to be loaded anew.
 */
export async function lookForChanges(
  permit: Permit<"matrix.view">,
  trackSlug: string,
  known: Known,
): Promise<Look<MatrixChanges> & Known> {
  const { horizon, version } = known;
  const plan = await loadPlan(permit, trackSlug);
  const { rows } = await database().pool.query<Row>({
    name: "matrix-changes",
    text: CHANGES,
    values: [plan.id, plan.only, horizon],
  });
  const now = {
    horizon: rows[0]?.horizon ?? horizon,
    version: rows[0]?.version ?? version,
    sight: sightOf(permit, plan),
  };
  const changed = rows.filter((row) => row.id !== null);
  const isSame = now.version === version && now.sight === known.sight;
  if (changed.length === 0 && isSame) return { ...now, news: null };
  const cells = changed.map(cellOf).filter((cell) => cell !== null);
  const source = sourceOf(permit, trackSlug, { plan, cells });
  const named = nameCells(source);
  // What its entries have not agreed to show may have stood there as something else.
  const isWithheld = source.needsConsent && named.length < cells.length;
  const news: MatrixChanges = {
    version: now.sight === known.sight && !isWithheld ? now.version : NO_VERSION,
    cells: named,
    cleared: changed.filter(({ state }) => state === "untested").map(({ id }) => id),
  };
  return { ...now, news };
}

/** Where a reader is, and until when it listens. `topic` is the track's id. */
export type Position = Known & { topic: string; signal: AbortSignal };

/**
 * The changes of a track as they happen, from `horizon` on. `renew` is asked for a permit at every
 * look, so that a right taken away ends or narrows a stream that is open.
 */
export function followMatrix(
  renew: () => Promise<Permit<"matrix.view">>,
  trackSlug: string,
  { topic, horizon: since, version, sight, signal }: Position,
) {
  let known = { version, sight };
  return follow(topic, { since, signal }, async (horizon) => {
    const look = await lookForChanges(await renew(), trackSlug, { ...known, horizon });
    known = look;
    return look;
  });
}

import type { Permit } from "@/lib/auth/permit";
import { ownEntries } from "@/lib/auth/visibility";
import { database } from "@/lib/db/client";
import type { PackedSource, TrackMatrix } from "../schema";
import { drawPlan } from "./matrix";
import { loadPacked } from "./packed";
import { loadPlan, type Plan, sightOf } from "./source";

/** The cell that was written last, and whether whatever could still appear beneath it has ended. */
const LATEST = `
SELECT c.xid::text AS latest, c.xid < pg_snapshot_xmin(pg_current_snapshot()) AS settled
FROM cell c WHERE c.track_id = $1 ORDER BY c.xid DESC LIMIT 1`;

type Look = {
  /** The same as long as the reader's matrix is; null when that cannot be told without drawing it. */
  tag: string | null;
  /** The oldest transaction open when this was read. */
  horizon: string;
  /** Where a query is asked: the event's zone, and the reader's own entries by their slugs. */
  around: { zone: string; own: string[] };
  draw(asOf: string | undefined): Promise<TrackMatrix>;
  /** What it is drawn from with one character for each cell. */
  pack(asOf: string | undefined): Promise<PackedSource>;
};

/** A track's matrix, not drawn yet: three queries whatever its size. Refuses what `loadMatrix` refuses. */
export async function lookAtMatrix(
  permit: Permit<"matrix.view">,
  trackSlug: string,
): Promise<Look> {
  const plan = await loadPlan(permit, trackSlug);
  return {
    tag: await tagOf(permit, plan),
    horizon: plan.horizon,
    around: { zone: plan.zone, own: ownSlugs(permit, plan) },
    draw: (asOf) => drawPlan(permit, { trackSlug, plan }, asOf),
    pack: (asOf) => loadPacked(permit, { trackSlug, plan }, asOf),
  };
}

function ownSlugs(permit: Permit<"matrix.view">, { entries }: Plan): string[] {
  const own = new Set(ownEntries(permit));
  return entries.filter(({ id }) => own.has(id)).map(({ entry }) => entry);
}

/**
 * What the reader may see, the event's names, and the last change of a cell. Null while an older
 * transaction is still open, since it may yet change a cell beneath that one.
 */
async function tagOf(permit: Permit<"matrix.view">, plan: Plan): Promise<string | null> {
  const { rows } = await database().pool.query<{ latest: string; settled: boolean }>({
    name: "matrix-latest",
    text: LATEST,
    values: [plan.id],
  });
  const { latest, settled } = rows[0] ?? { latest: "", settled: true };
  return settled ? JSON.stringify([plan.id, plan.version, sightOf(permit, plan), latest]) : null;
}

import type pg from "pg";
import { CHANNEL } from "@/lib/live/channel";

export type Counts = {
  received: number;
  accepted: number;
  duplicate: number;
  conflict: number;
  rejected: number;
  unmapped: number;
};

/** The run's counters, the log, the audit trail, and one wake-up for those who watch the track. */
export const CLOSE_BATCH = `
WITH counted AS (
  UPDATE run SET received = received + $2, accepted = accepted + $3, duplicate = duplicate + $4,
    conflict = conflict + $5, rejected = rejected + $6, unmapped = unmapped + $7, last_at = now() WHERE key = $1
), logged AS (
  INSERT INTO event_log (event_id, track_id, kind, subject, detail)
  SELECT $8::uuid, $9::uuid, 'results', $10::text, jsonb_build_object('accepted', $3::int) WHERE $3::int > 0
), audited AS (
  INSERT INTO audit (event_id, action, agent_id, subject, detail)
  SELECT $8::uuid, 'result.push', $11::uuid, $10::text,
    jsonb_build_object('received', $2::int, 'accepted', $3::int, 'duplicate', $4::int, 'conflict', $5::int, 'rejected', $6::int)
)
SELECT CASE WHEN $3::int > 0 THEN pg_notify('${CHANNEL}', $9::text) END`;

export async function closeBatch(
  tx: pg.PoolClient,
  run: { key: string; id: string; eventId: string; trackId: string; agentId: string },
  counts: Counts,
) {
  await tx.query({
    name: "close-batch",
    text: CLOSE_BATCH,
    values: [
      run.key,
      counts.received,
      counts.accepted,
      counts.duplicate,
      counts.conflict,
      counts.rejected,
      counts.unmapped,
      run.eventId,
      run.trackId,
      run.id,
      run.agentId,
    ],
  });
}

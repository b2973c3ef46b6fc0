import type pg from "pg";
import type { Permit } from "@/lib/auth/permit";
import type { Action } from "@/lib/auth/policy";
import { CHANNEL } from "@/lib/live/channel";
import { auditOf } from "./audit";
import type { Prisma } from "./generated/client";

const TELL = `
WITH audited AS (
  INSERT INTO audit (event_id, action, person_id, agent_id, subject, detail) VALUES ($1, $2, $3, $4, $5, $6)
), logged AS (
  INSERT INTO event_log (event_id, track_id, kind, subject, detail) VALUES ($1, $7, $8, $5, $6)
)
SELECT pg_notify('${CHANNEL}', $7::text)`;

type Told = {
  trackId: string;
  kind: "dayNote" | "mapping" | "note" | "nudge" | "ruling";
  /** What it is about, in the log and in the audit trail. */
  subject: string;
  detail: Prisma.InputJsonObject;
};

/** Ends a change in a track: writes down what it was and whose, and wakes those who look at the track. */
export async function tellOfTrack<A extends Action>(
  tx: pg.PoolClient,
  permit: Permit<A>,
  { trackId, kind, subject, detail }: Told,
) {
  const { eventId, action, personId, agentId } = auditOf(permit, {});
  await tx.query(TELL, [eventId, action, personId, agentId, subject, detail, trackId, kind]);
}

import type pg from "pg";
import type { Permit } from "@/lib/auth/permit";
import type { Action } from "@/lib/auth/policy";
import { lockEvent } from "@/lib/cells/write/lock";
import { auditOf } from "@/lib/db/audit";
import { CHANNEL } from "@/lib/live/channel";
import { type Phase, phaseSchema } from "../schema";

/** Has the event alone, so that nothing is pushed while its meaning changes; the phase as it is then. */
export async function holdEvent(tx: pg.PoolClient, eventId: string): Promise<Phase> {
  const { phase } = await lockEvent(tx, eventId, true);
  await tx.query("SELECT FROM interop_event WHERE id = $1 FOR NO KEY UPDATE", [eventId]);
  return phaseSchema.parse(phase);
}

const TELL = `
WITH audited AS (
  INSERT INTO audit (event_id, action, person_id, agent_id, subject, detail) VALUES ($1, $2, $3, $4, $5, $6)
), raised AS (
  UPDATE interop_event SET catalogue_version = catalogue_version + 1 WHERE id = $1
), logged AS (
  INSERT INTO event_log (event_id, kind, detail) VALUES ($1, $7, $8)
)
SELECT pg_notify('${CHANNEL}', t.id::text) FROM track t WHERE t.event_id = $1`;

type Told = { kind: "phase" | "settings"; detail: Record<string, string | readonly string[]> };

/** Writes down what has changed and who did it, and wakes those who look at the event's matrices. */
export async function tell<A extends Action>(
  tx: pg.PoolClient,
  permit: Permit<A>,
  { kind, detail }: Told,
) {
  const audit = auditOf(permit, { detail: { did: kind, ...detail } });
  await tx.query(TELL, [
    audit.eventId,
    audit.action,
    audit.personId,
    audit.agentId,
    audit.subject,
    audit.detail,
    kind,
    JSON.stringify(detail),
  ]);
}

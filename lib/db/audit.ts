import type pg from "pg";
import type { Permit } from "@/lib/auth/permit";
import { personIdOf } from "@/lib/auth/permit";
import type { Action } from "@/lib/auth/policy";
import type { Prisma } from "./generated/client";

export type Entry = { subject?: string; detail?: Prisma.InputJsonObject };

/** The columns of an audit row: who did what, where. Rows are only ever added. */
export function auditOf({ actor, action, scope }: Permit<Action>, { subject, detail }: Entry) {
  return {
    eventId: scope.eventId,
    action,
    personId: personIdOf({ actor }),
    agentId: actor.kind === "agent" ? actor.agentId : null,
    subject: subject ?? null,
    detail: detail ?? {},
  };
}

const AUDIT = `
INSERT INTO audit (event_id, action, person_id, agent_id, subject, detail) VALUES ($1, $2, $3, $4, $5, $6)`;

/** Writes down who did what, where nothing on an open page changes by it, so that nobody is woken. */
export async function audit<A extends Action>(
  tx: pg.PoolClient,
  permit: Permit<A>,
  entry: Entry,
): Promise<void> {
  const { eventId, action, personId, agentId, subject, detail } = auditOf(permit, entry);
  await tx.query(AUDIT, [eventId, action, personId, agentId, subject, detail]);
}

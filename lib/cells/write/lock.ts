import type pg from "pg";
import type { Permit } from "@/lib/auth/permit";
import { type Action, allows } from "@/lib/auth/policy";
import { Refusal } from "@/lib/core/refusal";
import { type Phase, phaseSchema } from "@/lib/events/schema";

/**
 * Writes of results share the event; what changes the meaning of results (names, builds, phases,
 * corrections) has it alone. So no result is placed by names that are no longer true, and none
 * slips in after testing was closed. Returns the event as it is now that the lock is held.
 */
export async function lockEvent(
  tx: pg.PoolClient,
  eventId: string,
  alone: boolean,
): Promise<{ catalogueVersion: number; phase: string }> {
  await tx.query({
    name: alone ? "event-alone" : "event-shared",
    text: `SELECT pg_advisory_xact_lock${alone ? "" : "_shared"}(hashtextextended($1, 0))`,
    values: [eventId],
  });
  const { rows } = await tx.query<{ catalogue_version: number; phase: string }>({
    name: "event-version",
    text: "SELECT catalogue_version, phase FROM interop_event WHERE id = $1",
    values: [eventId],
  });
  const [event] = rows;
  if (!event) throw new Error(`No event ${eventId}`);
  return { catalogueVersion: event.catalogue_version, phase: event.phase };
}

/**
 * Has the event alone: no result is placed by names that are just changing. The permit was for the
 * phase of a moment ago; this is the phase that counts.
 */
export async function holdEvent<A extends Action>(tx: pg.PoolClient, permit: Permit<A>) {
  const { eventId } = permit.scope;
  const event = await lockEvent(tx, eventId, true);
  // The row too, and first: an agent's new builds are made under its lock alone.
  await tx.query("SELECT FROM interop_event WHERE id = $1 FOR NO KEY UPDATE", [eventId]);
  refuseOutOfPhase(permit, event.phase);
}

/** Whether what was allowed a moment ago still is, in the phase that the event is in now. */
export function refuseOutOfPhase<A extends Action>({ action, roles }: Permit<A>, phase: string) {
  const now: Phase = phaseSchema.parse(phase);
  if (!allows(action, roles, now)) {
    throw new Refusal("wrong_phase", `Not possible while the event is in ${now}.`);
  }
}

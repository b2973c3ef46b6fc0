import type pg from "pg";

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

import type pg from "pg";

const NAMED = `
SELECT EXISTS (SELECT FROM cell c WHERE c.event_id = $1 AND c.parties @> $2::jsonb)
  OR EXISTS (SELECT FROM run WHERE run.event_id = $1 AND run.entry_id = $3::uuid)
  OR EXISTS (SELECT FROM result r JOIN track t ON t.id = r.track_id
    WHERE t.event_id = $1 AND r.cell_id IS NULL AND r.parties @> $2::jsonb) AS is_named`;

/** Whether a result names the entry, as a party or as whoever reports; an unmapped one is in no cell. */
export async function isNamed(
  tx: pg.PoolClient,
  eventId: string,
  entryId: string,
): Promise<boolean> {
  const party = JSON.stringify([{ entry: entryId }]);
  const { rows } = await tx.query<{ is_named: boolean }>(NAMED, [eventId, party, entryId]);
  return rows[0]?.is_named ?? false;
}

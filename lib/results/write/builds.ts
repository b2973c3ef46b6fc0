import type pg from "pg";
import type { Accepted } from "./resolve";

export type NewBuild = { entryId: string; label: string };

/** The builds that a batch names and the event has not seen, each once. */
export function newBuilds(rows: readonly Accepted[]): NewBuild[] {
  const wanted = new Map<string, NewBuild>();
  for (const { of, newBuild: label } of rows.flatMap(({ parties }) => parties)) {
    if (label !== null) wanted.set(`${of.id} ${label}`, { entryId: of.id, label });
  }
  return [...wanted.values()];
}

/**
 * Makes rows for builds named by an agent: unverified until somebody looks, and current from their
 * first sight (API.md). Another batch may have been faster; then there is nothing left to do.
 */
export async function createBuilds(
  tx: pg.PoolClient,
  eventId: string,
  builds: readonly NewBuild[],
) {
  await tx.query(
    `WITH fresh AS (
       INSERT INTO build (id, entry_id, label, verified)
       SELECT gen_random_uuid(), u.entry_id, u.label, false
       FROM unnest($1::uuid[], $2::text[]) AS u (entry_id, label)
       ON CONFLICT (entry_id, label) DO NOTHING
       RETURNING id, entry_id, label
     ), latest AS (
       UPDATE entry SET current_build_id = f.id
       FROM (SELECT DISTINCT ON (entry_id) entry_id, id FROM fresh ORDER BY entry_id, label DESC) f
       WHERE entry.id = f.entry_id
     ), told AS (
       INSERT INTO event_log (event_id, kind, subject, detail)
       SELECT $3::uuid, 'build', id::text, jsonb_build_object('entry', entry_id, 'label', label) FROM fresh
     )
     UPDATE interop_event SET catalogue_version = catalogue_version + 1 WHERE id = $3::uuid`,
    [builds.map(({ entryId }) => entryId), builds.map(({ label }) => label), eventId],
  );
}

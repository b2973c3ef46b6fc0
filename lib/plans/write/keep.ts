import type pg from "pg";
import type { Permit } from "@/lib/auth/permit";
import { foldAnew, placeResults } from "@/lib/cells/write/place";
import { auditOf } from "@/lib/db/audit";
import { CHANNEL } from "@/lib/live/channel";
import { readDirectory } from "@/lib/results/read/directory";
import { type CatalogueTest, testBodySchema } from "@/lib/tracks/schema";
import type { PlannedTest } from "../schema";

/** A test as the table has it. */
function columnsOf(test: CatalogueTest) {
  const { key, title, kind, directional, level, measured, aliases, roles, variants } = test;
  const body = testBodySchema.strip().parse(test);
  return [
    key,
    title,
    kind,
    directional,
    level,
    measured,
    aliases,
    JSON.stringify(roles),
    JSON.stringify(variants),
    JSON.stringify(body),
  ];
}

const INSERT = `
INSERT INTO test_case (id, track_id, key, title, kind, directional, level, measured, aliases, roles, variants, body, number, position, lineage)
SELECT gen_random_uuid(), $1, $2, $3, $4, $5, $6, $7, $8, $9::jsonb, $10::jsonb, $11::jsonb,
  coalesce(max(number), 0) + 1, coalesce(max(position), -1) + 1, gen_random_uuid()
FROM test_case WHERE track_id = $1 RETURNING id`;

export async function insertTest(
  tx: pg.PoolClient,
  trackId: string,
  test: CatalogueTest,
): Promise<string> {
  const { rows } = await tx.query<{ id: string }>(INSERT, [trackId, ...columnsOf(test)]);
  return rows[0]?.id ?? "";
}

const UPDATE = `
UPDATE test_case SET key = $2, title = $3, kind = $4, directional = $5, level = $6, measured = $7, aliases = $8,
  roles = $9::jsonb, variants = $10::jsonb, body = $11::jsonb, version = $12 WHERE id = $1`;

const VERSION = `
INSERT INTO test_case_version (test_case_id, version, content, published_by) VALUES ($1, $2, $3, $4)
ON CONFLICT (test_case_id, version) DO UPDATE SET content = excluded.content`;

export async function updateTest(
  tx: pg.PoolClient,
  { id, version, content }: PlannedTest,
  after: { test: CatalogueTest; version: number; personId: string | null },
) {
  if (after.version > version) {
    // The first version has no row before there is a second: nobody published it here.
    await tx.query(
      `INSERT INTO test_case_version (test_case_id, version, content, published_at) VALUES ($1, $2, $3, to_timestamp(0))
       ON CONFLICT (test_case_id, version) DO NOTHING`,
      [id, version, JSON.stringify(content)],
    );
  }
  await tx.query(UPDATE, [id, ...columnsOf(after.test), after.version]);
  await keepVersion(tx, { id, ...after });
}

/** The text of a version; mere words about it may still change. */
export async function keepVersion(
  tx: pg.PoolClient,
  {
    id,
    version,
    test,
    personId,
  }: { id: string; version: number; test: CatalogueTest; personId: string | null },
) {
  await tx.query(VERSION, [id, version, JSON.stringify(test), personId]);
}

export type Published = { did: string; test: string | null; version?: number };

const TELL = `
WITH audited AS (
  INSERT INTO audit (event_id, action, person_id, agent_id, subject, detail)
  SELECT $1, $2, $3::uuid, $4::uuid, $5, d FROM jsonb_array_elements($6::jsonb) d
), raised AS (
  UPDATE interop_event SET catalogue_version = catalogue_version + 1 WHERE id = $1
), logged AS (
  INSERT INTO event_log (event_id, track_id, kind, subject, detail)
  SELECT $1, $7, 'test', d->>'test', d FROM jsonb_array_elements($6::jsonb) d
)
SELECT pg_notify('${CHANNEL}', $7::text)`;

/**
 * Ends a change of a plan: what waited for a name or a variant is placed, readers of the matrices draw
 * them anew, and it is written down who changed what.
 */
export async function tellOfPlan(
  tx: pg.PoolClient,
  permit: Permit<"track.plan">,
  published: readonly Published[],
) {
  const { eventId, trackId = "" } = permit.scope;
  const audit = auditOf(permit, { subject: trackId });
  await tx.query(TELL, [
    eventId,
    audit.action,
    audit.personId,
    audit.agentId,
    audit.subject,
    JSON.stringify(published),
    trackId,
  ]);
  const directory = await readDirectory(eventId, tx);
  const track = [...directory.tracks.values()].find(({ id }) => id === trackId);
  if (!track) return;
  const { touched } = await placeResults(tx, { directory, track }, "waiting");
  await foldAnew(tx, { directory, track }, touched);
}

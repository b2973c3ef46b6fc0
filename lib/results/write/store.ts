import type pg from "pg";
import { jsonArray, plainArray, textArray } from "@/lib/db/arrays";
import type { Accepted } from "./resolve";

export type Teller = {
  eventId: string;
  trackId: string;
  runKey: string;
  reporterId: string;
  entryId: string | null;
  origin: "agent" | "person";
  agentId: string | null;
  personId: string | null;
  /** id of a result -> seq of the other side's that it answers */
  answers: Readonly<Record<string, string>>;
  /** Whether those answers say "not us". */
  denies: boolean;
};

/**
 * One insert for the whole batch, rows sorted by id so that two batches with ids in common wait for
 * each other instead of deadlocking. `unnest` and not one parameter per value: 32,767 is the limit.
 */
export const INSERT_RESULTS = `
WITH stored AS (INSERT INTO result (id, reporter_id, run_key, track_id, entry_id, origin, person_id, agent_id,
  cell_id, test, test_version, variant, parties, attempt, outcome, raw_status, unsupported_by,
  started_at, duration_ms, message, log, metrics, labels, evidence, exchange, supersedes, void,
  backfilled, late, digest, answers_seq, denial)
SELECT u.id, $1::uuid, $2::bigint, $3::uuid, $4::uuid, $5::text, $6::uuid, $7::uuid,
  u.cell_id, u.test, u.test_version, u.variant, u.parties, u.attempt, u.outcome, u.raw_status,
  CASE WHEN u.unsupported_by = '' THEN '{}'::text[] ELSE string_to_array(u.unsupported_by, ',') END,
  u.started_at, u.duration_ms, u.message, u.log::jsonb, u.metrics::jsonb, u.labels::jsonb, u.evidence::jsonb,
  u.exchange, u.supersedes, u.void, u.backfilled, u.late, decode(u.digest, 'hex'),
  ($31::jsonb ->> u.id::text)::bigint, $32::bool
FROM ROWS FROM (
    jsonb_array_elements($8::jsonb), jsonb_array_elements($9::jsonb),
    unnest($10::uuid[], $11::uuid[], $12::text[], $13::int[], $14::int[],
      $15::text[], $16::text[], $17::text[], $18::timestamptz[], $19::float8[], $20::text[], $21::text[],
      $22::text[], $23::text[], $24::text[], $25::text[], $26::uuid[], $27::bool[], $28::bool[], $29::bool[], $30::text[]))
  AS u (variant, parties, id, cell_id, test, test_version, attempt, outcome, raw_status, unsupported_by,
    started_at, duration_ms, message, log, metrics, labels, evidence, exchange, supersedes, void,
    backfilled, late, digest)
ON CONFLICT (reporter_id, id) DO NOTHING
RETURNING seq, id)
SELECT string_agg(id || ' ' || seq, ',') AS stored FROM stored`;

const storedParties = ({ parties }: Accepted) =>
  parties
    .map(({ role, of, buildId, told: { stage, expected, observed } }) => {
      return { role, entry: of.id, build: buildId, stage, expected, observed };
    })
    .sort((a, b) => (a.role < b.role || (a.role === b.role && a.entry < b.entry) ? -1 : 1));

export function insertParameters(teller: Teller, rows: readonly Accepted[]): unknown[] {
  const plain = (pick: (row: Accepted) => string | number | boolean | null) =>
    plainArray(rows.map(pick));
  const text = (pick: (row: Accepted) => string | null) => textArray(rows.map(pick));
  const json = (pick: (row: Accepted) => unknown) => jsonArray(rows.map(pick));
  return [
    teller.reporterId,
    teller.runKey,
    teller.trackId,
    teller.entryId,
    teller.origin,
    teller.personId,
    teller.agentId,
    JSON.stringify(rows.map(({ placement, item }) => placement?.variant ?? item.variant)),
    JSON.stringify(rows.map(storedParties)),
    plain(({ item }) => item.id),
    plain(({ cellId }) => cellId),
    text(({ item }) => item.test),
    plain(({ placement }) => placement?.test.version ?? null),
    plain(({ item }) => item.attempt),
    plain(({ item }) => item.outcome),
    text(({ item }) => item.rawStatus ?? null),
    text(({ item }) => item.unsupportedBy.join(",")),
    plain(({ item }) => item.startedAt),
    plain(({ item }) => item.durationMs ?? null),
    text(({ item }) => item.message ?? null),
    json(({ item }) => item.log),
    json(({ item }) => item.metrics),
    json(({ item }) => item.labels),
    json(({ item }) => item.evidence),
    text(({ item }) => item.exchange ?? null),
    plain(({ item }) => item.supersedes ?? null),
    plain(({ item }) => item.void),
    plain(({ backfilled }) => backfilled),
    plain(({ late }) => late),
    plain(({ digest }) => digest),
    JSON.stringify(teller.answers),
    teller.denies,
  ];
}

/** Stores what is new; returns id -> seq of the rows that were. */
export async function insertResults(
  tx: pg.PoolClient,
  teller: Teller,
  rows: readonly Accepted[],
): Promise<Map<string, string>> {
  if (rows.length === 0) return new Map();
  const sorted = rows.toSorted((a, b) => (a.item.id < b.item.id ? -1 : 1));
  const { rows: answers } = await tx.query<{ stored: string | null }>({
    name: "insert-results",
    text: INSERT_RESULTS,
    values: insertParameters(teller, sorted),
  });
  const [answer] = answers;
  return new Map(answer?.stored?.split(",").map((one) => one.split(" ") as [string, string]));
}

/** The digests of ids that were there before: same digest, duplicate; another, conflict. */
export async function findDigests(
  tx: pg.PoolClient,
  reporterId: string,
  ids: readonly string[],
): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const { rows } = await tx.query<{ id: string; digest: string }>({
    name: "find-digests",
    text: "SELECT id, encode(digest, 'hex') AS digest FROM result WHERE reporter_id = $1 AND id = ANY($2::uuid[])",
    values: [reporterId, ids],
  });
  return new Map(rows.map(({ id, digest }) => [id, digest]));
}

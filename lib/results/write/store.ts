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
 * What repeats from row to row is sent once, and the rows say which they have.
 */
export const INSERT_RESULTS = `
WITH stored AS (INSERT INTO result (id, reporter_id, run_key, track_id, entry_id, origin, person_id, agent_id,
  cell_id, test, test_version, variant, parties, attempt, outcome, raw_status, unsupported_by,
  started_at, duration_ms, message, log, metrics, labels, evidence, exchange, supersedes, void,
  backfilled, late, digest, answers_seq, denial)
SELECT u.id, $1::uuid, $2::bigint, $3::uuid, $4::uuid, $5::text, $6::uuid, $7::uuid,
  ($8::uuid[])[u.cell + 1], $9::jsonb ->> u.test, u.test_version, $10::jsonb -> u.variant, $11::jsonb -> u.parties,
  coalesce(u.attempt, 1), u.outcome, u.raw_status, coalesce(string_to_array(u.unsupported_by, ','), '{}'),
  u.started_at, u.duration_ms, u.message, u.log::jsonb, u.metrics::jsonb, u.labels::jsonb, u.evidence::jsonb,
  u.exchange, u.supersedes, coalesce(u.void, false), coalesce(u.backfilled, false), coalesce(u.late, false),
  decode(u.digest, 'hex'), ($12::jsonb ->> u.id::text)::bigint, $13::bool
FROM unnest($14::uuid[], $15::int[], $16::int[], $17::int[], $18::int[], $19::int[], $20::int[],
    $21::text[], $22::text[], $23::text[], $24::timestamptz[], $25::float8[], $26::text[], $27::text[], $28::text[],
    $29::text[], $30::text[], $31::text[], $32::uuid[], $33::bool[], $34::bool[], $35::bool[], $36::text[])
  AS u (id, cell, test, test_version, variant, parties, attempt, outcome, raw_status, unsupported_by,
    started_at, duration_ms, message, log, metrics, labels, evidence, exchange, supersedes, void,
    backfilled, late, digest)
ON CONFLICT (reporter_id, id) DO NOTHING
RETURNING seq, id)
SELECT string_agg(id || ' ' || seq, ',') AS stored FROM stored`;

const storedParties = (parties: Accepted["parties"]) =>
  parties
    .map(({ role, of, buildId, told: { stage, expected, observed } }) => {
      return { role, entry: of.id, build: buildId, stage, expected, observed };
    })
    .sort((a, b) => (a.role < b.role || (a.role === b.role && a.entry < b.entry) ? -1 : 1));

const variantOf = ({ placement, item }: Accepted) =>
  JSON.stringify(placement?.variant ?? item.variant);

/** The different ones, and for each row the place of its own; null has none. */
function dictionary<T>(ofRows: readonly (T | null)[]): { all: T[]; at: string } {
  const places = new Map<T, number>();
  const at = ofRows.map((one) => {
    if (one === null) return null;
    const place = places.get(one) ?? places.size;
    places.set(one, place);
    return place;
  });
  return { all: [...places.keys()], at: plainArray(at) };
}

export function insertParameters(teller: Teller, rows: readonly Accepted[]): unknown[] {
  const plain = (pick: (row: Accepted) => string | number | boolean | null) =>
    plainArray(rows.map(pick));
  const text = (pick: (row: Accepted) => string | null) => textArray(rows.map(pick));
  const json = (pick: (row: Accepted) => unknown) => jsonArray(rows.map(pick));
  const cells = dictionary(rows.map(({ cellId }) => cellId));
  const tests = dictionary(rows.map(({ item }) => item.test));
  const variants = dictionary(rows.map(variantOf));
  const parties = dictionary(rows.map((row) => row.parties));
  return [
    teller.reporterId,
    teller.runKey,
    teller.trackId,
    teller.entryId,
    teller.origin,
    teller.personId,
    teller.agentId,
    plainArray(cells.all),
    JSON.stringify(tests.all),
    `[${variants.all.join(",")}]`,
    JSON.stringify(parties.all.map(storedParties)),
    JSON.stringify(teller.answers),
    teller.denies,
    plain(({ item }) => item.id),
    cells.at,
    tests.at,
    plain(({ placement }) => placement?.test.version ?? null),
    variants.at,
    parties.at,
    plain(({ item }) => (item.attempt === 1 ? null : item.attempt)),
    plain(({ item }) => item.outcome),
    text(({ item }) => item.rawStatus ?? null),
    text(({ item }) => item.unsupportedBy.join(",") || null),
    plain(({ item }) => item.startedAt),
    plain(({ item }) => item.durationMs ?? null),
    text(({ item }) => item.message ?? null),
    json(({ item }) => item.log),
    json(({ item }) => item.metrics),
    json(({ item }) => item.labels),
    json(({ item }) => item.evidence),
    text(({ item }) => item.exchange ?? null),
    plain(({ item }) => item.supersedes ?? null),
    plain(({ item }) => item.void || null),
    plain(({ backfilled }) => backfilled || null),
    plain(({ late }) => late || null),
    plain(({ digest }) => digest),
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
    values: [reporterId, plainArray(ids)],
  });
  return new Map(rows.map(({ id, digest }) => [id, digest]));
}

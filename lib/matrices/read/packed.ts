import type { Permit } from "@/lib/auth/permit";
import { database } from "@/lib/db/client";
import type { PackedSource, SourceCell } from "../schema";
import {
  CELL_COLUMNS,
  type CellRow,
  cellOf,
  cellsThen,
  ONLY_OWN,
  type Plan,
  sourceOf,
} from "./source";

/**
 * Cells without a row each: eight bytes for one whose required roles are all that it is made of. Test,
 * row and column are the event's small numbers; a state and an outcome are told by their first letters, which
 * differ. Bits that these leave free say that it is stale (the test's highest), a known issue (the state's) or
 * flaky (the outcome's). `rest`: the others, with third parties or with roles that may be empty or repeated.
 * `$4`: the version of each test by its number, `$5`: entry -> its current build, which another one makes stale.
 */
const packedOf = (table: string) => `
SELECT c.signature,
  string_agg(int8send((c.test_number::bigint << 48) | (c.row_number::bigint << 32) | (c.column_number::bigint << 16)
    | (ascii(c.state)::bigint << 8) | ascii(coalesce(c.outcome, ' '))::bigint
    | CASE WHEN c.state <> 'planned' AND (c.test_version <> ($4::int[])[c.test_number] OR NOT $5::jsonb @> c.tested)
        THEN 1::bigint << 63 ELSE 0 END
    | CASE WHEN c.known_issue THEN 32768 ELSE 0 END | CASE WHEN c.flaky THEN 128 ELSE 0 END), '') FILTER (WHERE x.is_plain) AS packed,
  array_agg(c.id) FILTER (WHERE NOT x.is_plain) AS rest
FROM ${table} CROSS JOIN LATERAL (
  SELECT c.test_case_id <> ALL ($3::uuid[]) AND jsonb_array_length(c.parties) = CASE c.column_number WHEN 0 THEN 1 ELSE 2 END AS is_plain) x
WHERE c.track_id = $1 AND c.state <> 'untested' AND ${ONLY_OWN} GROUP BY c.signature`;
const restOf = (table: string) =>
  `SELECT ${CELL_COLUMNS} FROM ${table} WHERE c.track_id = $1 AND c.id = ANY ($2::uuid[]) AND c.state <> 'untested'`;

const NOW = { packed: packedOf("cell c"), rest: restOf("cell c") };
const THEN = { packed: packedOf(cellsThen("$6")), rest: restOf(cellsThen("$3")) };

type PackedRow = { signature: string; packed: Buffer | null; rest: string[] | null };

/** The cells of a track for one character each: a query, and another one where some cells cannot be packed. */
export async function loadPacked(
  permit: Permit<"matrix.view">,
  { trackSlug, plan }: { trackSlug: string; plan: Plan },
  asOf: string | undefined,
): Promise<PackedSource> {
  const { rows } = await database().pool.query<PackedRow>({
    name: asOf === undefined ? "matrix-packed" : "matrix-packed-as-of",
    text: asOf === undefined ? NOW.packed : THEN.packed,
    values: [
      ...[plan.id, plan.only, looseTests(plan), versionsOf(plan), buildsOf(plan)],
      ...(asOf === undefined ? [] : [asOf]),
    ],
  });
  const rest = rows.flatMap((row) => row.rest ?? []);
  const cells = rest.length === 0 ? [] : await listRest(plan, rest, asOf);
  return {
    source: sourceOf(permit, trackSlug, { plan, cells }),
    packed: new Map(rows.flatMap(({ signature, packed }) => (packed ? [[signature, packed]] : []))),
  };
}

/** The version of each test at its number, which begin with 1; 0 where there is none. */
function versionsOf({ tests }: Plan): number[] {
  const versions = Array.from<number>({
    length: Math.max(0, ...tests.map(({ number }) => number)),
  }).fill(0);
  for (const { number, version } of tests) versions[number - 1] = version;
  return versions;
}

/** entry -> its current build */
const buildsOf = ({ entries }: Plan) =>
  Object.fromEntries(
    entries.flatMap(({ id, currentBuildId }) => (currentBuildId ? [[id, currentBuildId]] : [])),
  );

/** Tests with several cells for one constellation of their required roles. */
const looseTests = ({ tests }: Plan) =>
  tests
    .filter(({ roles }) => roles.some(({ min, max }) => min === 0 || max > 1))
    .map(({ id }) => id);

async function listRest(
  plan: Plan,
  ids: string[],
  asOf: string | undefined,
): Promise<SourceCell[]> {
  const { rows } = await database().pool.query<CellRow>({
    name: asOf === undefined ? "matrix-rest" : "matrix-rest-as-of",
    text: asOf === undefined ? NOW.rest : THEN.rest,
    values: [plan.id, ids, ...(asOf === undefined ? [] : [asOf])],
  });
  return rows.map(cellOf).filter((cell) => cell !== null);
}

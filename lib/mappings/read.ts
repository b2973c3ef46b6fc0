import type { Permit } from "@/lib/auth/permit";
import { STANDS } from "@/lib/cells/read";
import { database } from "@/lib/db/client";
import { guessTest } from "./rules";
import type { MappedName, UnmappedName } from "./schema";

/** How many names are listed; a plan that knows none of its tools' names is mended elsewhere. */
export const NAMES_SHOWN = 100;

type UnmappedRow = Omit<UnmappedName, "guess" | "namedLike" | "latestAt"> & {
  latest_at: Date;
};

/** What was retracted or corrected waits for nobody. */
const UNMAPPED = `
SELECT r.test AS raw, count(*)::int AS results, max(r.received_at) AS latest_at,
  coalesce(array_agg(DISTINCT coalesce(n.name, a.name, 'a neutral harness')), '{}') AS reporters,
  (SELECT string_agg((x->>'role') || ' ' || coalesce(p.name, '?'), ', ' ORDER BY x->>'role') FROM jsonb_array_elements((array_agg(r.parties ORDER BY r.seq DESC))[1]) x
   LEFT JOIN entry p ON p.id = (x->>'entry')::uuid) AS example,
  coalesce(array_agg(DISTINCT (SELECT string_agg(v.key || ' ' || v.value, ', ' ORDER BY v.key) FROM jsonb_each_text(r.variant) v))
    FILTER (WHERE r.variant <> '{}'), '{}') AS variants
FROM result r LEFT JOIN entry n ON n.id = r.entry_id LEFT JOIN agent a ON a.id = r.agent_id
WHERE r.track_id = $1 AND r.cell_id IS NULL AND ${STANDS}
GROUP BY r.test ORDER BY count(*) DESC, r.test LIMIT ${NAMES_SHOWN}`;

const KNOWN = `
SELECT c.key, c.aliases FROM test_case c WHERE c.track_id = $1 AND c.retired_at IS NULL ORDER BY c.position, c.key`;

type MappedRow = Omit<MappedName, "at"> & { at: Date };

const MAPPED = `
SELECT m.raw, c.key AS test, m.variant, m.created_at AS at, p.name AS by,
  (SELECT count(*)::int FROM result r WHERE r.track_id = m.track_id AND r.test = m.raw) AS results
FROM name_mapping m JOIN test_case c ON c.id = m.test_case_id LEFT JOIN person p ON p.id = m.created_by
WHERE m.track_id = $1 ORDER BY m.created_at DESC, m.raw`;

type KnownRow = { key: string; aliases: string[] };

/** The names of a track that wait to be mapped, each with the likeliest test, and those that are: three queries. */
export async function listNames(
  permit: Permit<"track.lead">,
): Promise<{ unmapped: UnmappedName[]; mapped: MappedName[] }> {
  const { pool } = database();
  const values = [permit.scope.trackId];
  const [unmapped, known, mapped] = await Promise.all([
    pool.query<UnmappedRow>({ name: "unmapped-names", text: UNMAPPED, values }),
    pool.query<KnownRow>({ name: "known-names", text: KNOWN, values }),
    pool.query<MappedRow>({ name: "mapped-names", text: MAPPED, values }),
  ]);
  const names = known.rows.flatMap(({ key, aliases }) =>
    [key, ...aliases].map((name) => [name, key] as const),
  );
  const keys = new Map([
    ...names,
    ...known.rows.map(({ key }) => [key.toLowerCase(), key] as const),
  ]);
  return {
    unmapped: unmapped.rows.map(({ latest_at, ...row }) => ({
      ...row,
      latestAt: latest_at.toISOString(),
      guess: guessTest(row.raw, names),
      namedLike: keys.get(row.raw) ?? keys.get(row.raw.toLowerCase()) ?? null,
    })),
    mapped: mapped.rows.map(({ at, ...row }) => ({ ...row, at: at.toISOString() })),
  };
}

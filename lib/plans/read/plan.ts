import type pg from "pg";
import { Refusal } from "@/lib/core/refusal";
import { catalogueTestSchema } from "@/lib/tracks/schema";
import type { Plan, PlannedTest } from "../schema";

type TestRow = {
  id: string;
  number: number;
  version: number;
  retired: boolean;
  columns: Record<string, unknown>;
  body: Record<string, unknown>;
  shapes: PlannedTest["shapes"] | null;
};
type Row = {
  id: string;
  track: Plan["track"];
  tests: TestRow[] | null;
};

const PLAN = `
SELECT t.id,
  json_build_object('slug', t.slug, 'title', t.title, 'intro', t.intro, 'restricted', t.restricted, 'profile', t.profile, 'notes', t.notes,
    'roles', (SELECT coalesce(json_agg(json_build_object('key', r.key, 'label', r.label) ORDER BY r.position), '[]') FROM track_role r WHERE r.track_id = t.id)) AS track,
  (SELECT json_agg(json_build_object('id', c.id, 'number', c.number, 'version', c.version, 'retired', c.retired_at IS NOT NULL, 'body', c.body,
      'columns', json_build_object('key', c.key, 'title', c.title, 'kind', c.kind, 'directional', c.directional, 'level', c.level,
        'measured', c.measured, 'aliases', c.aliases, 'roles', c.roles, 'variants', c.variants),
      'shapes', s.shapes) ORDER BY c.retired_at NULLS FIRST, c.position, c.key)
   FROM test_case c LEFT JOIN LATERAL (
     SELECT json_agg(DISTINCT jsonb_build_object('variant', l.variant, 'roles',
       (SELECT jsonb_agg(p->>'role' ORDER BY p->>'role') FROM jsonb_array_elements(l.parties) p))) AS shapes
     FROM cell l WHERE l.test_case_id = c.id AND EXISTS (SELECT FROM result r WHERE r.cell_id = l.id)) s ON true
   WHERE c.track_id = t.id) AS tests
FROM track t WHERE t.id = $1`;

/** A track's whole plan with what hangs on it, as `client` sees it now. One query. */
export async function readPlan(
  client: Pick<pg.PoolClient, "query">,
  trackId: string | undefined,
): Promise<Plan> {
  const { rows } = await client.query<Row>({ name: "plan", text: PLAN, values: [trackId] });
  const [row] = rows;
  if (!row) throw new Refusal("not_found", "No such track in this event.");
  return {
    trackId: row.id,
    track: row.track,
    tests: (row.tests ?? []).map(({ columns, body, shapes, ...test }) => ({
      ...test,
      content: catalogueTestSchema.parse({ ...body, ...columns }),
      shapes: shapes ?? [],
    })),
  };
}

/** Raw names by which results of the track found their test: they cannot be taken from it. */
export async function readNamesInUse(
  client: Pick<pg.PoolClient, "query">,
  trackId: string,
): Promise<Set<string>> {
  const { rows } = await client.query<{ test: string }>(
    `SELECT DISTINCT r.test FROM result r WHERE r.track_id = $1 AND r.cell_id IS NOT NULL
       AND NOT EXISTS (SELECT FROM name_mapping m WHERE m.track_id = r.track_id AND m.raw = r.test)`,
    [trackId],
  );
  return new Set(rows.map(({ test }) => test));
}

import type { SitePermit } from "@/lib/auth/permit";
import { isInsider } from "@/lib/auth/visibility";
import { AGREES } from "@/lib/cells/read";
import { groupBy } from "@/lib/core/group";
import { Refusal } from "@/lib/core/refusal";
import { database } from "@/lib/db/client";
import type { ShownCell } from "@/lib/matrices/schema";
import { joinRollups, NOTHING_SAID, numbersIn } from "@/lib/rollups/rules";
import type { Partner } from "../schema";
import { openTracks } from "./open";

/**
 * What the cells of project `$1` say, by the other projects in them; of those that need it only what all have
 * agreed to show. A cell's entries are looked up only where one of its axes is the project's: most cells of
 * a large track are others'.
 */
const PARTNERS = `
WITH own AS MATERIALIZED (SELECT n.event_id, n.number FROM entry n WHERE n.project_id = $1)
SELECT o.slug, o.name, c.state, c.outcome, count(*)::int AS count
FROM json_to_recordset($2::json) AS v (track uuid, consent boolean, own uuid[])
JOIN cell c ON c.track_id = v.track AND c.state NOT IN ('untested', 'planned')
JOIN test_case tc ON tc.id = c.test_case_id AND tc.retired_at IS NULL
CROSS JOIN LATERAL (
  SELECT array_agg(n.id) AS ids, array_agg(n.project_id) AS projects, bool_and(n.state = 'admitted') AS admitted,
    bool_and(${AGREES}) AS consented
  FROM jsonb_array_elements(c.parties) p JOIN entry n ON n.id = (p->>'entry')::uuid) x
JOIN project o ON o.id = ANY(x.projects) AND o.id <> $1
WHERE $1 = ANY(x.projects) AND x.admitted AND (x.consented OR NOT v.consent) AND (v.own IS NULL OR x.ids && v.own)
  AND (jsonb_array_length(c.parties) > 2
    OR (c.event_id, c.row_number) IN (SELECT event_id, number FROM own) OR (c.event_id, c.column_number) IN (SELECT event_id, number FROM own))
GROUP BY o.id, c.state, c.outcome ORDER BY o.name, o.slug`;

type Row = Pick<ShownCell, "state" | "outcome"> & { slug: string; name: string; count: number };

/** Whom a project was tested with as far as the reader may see, in three queries. Nothing withheld is counted. */
export async function listPartners(
  { actor }: SitePermit<"project.view">,
  slug: string,
): Promise<Partner[]> {
  const { pool } = database();
  const found = await pool.query<{ id: string }>("SELECT id FROM project WHERE slug = $1", [slug]);
  const id = found.rows[0]?.id;
  if (id === undefined) throw new Refusal("not_found", `There is no project '${slug}'.`);
  const tracks = await openTracks(actor, [id], { tests: false });
  const asked = tracks.map(({ row, permit, only }) => ({
    track: row.id,
    consent: row.phase === "published" && !isInsider(permit),
    own: only,
  }));
  const { rows } = await pool.query<Row>(PARTNERS, [id, JSON.stringify(asked)]);
  return [...groupBy(rows, (row) => row.slug).values()].flatMap((said) => {
    const [first] = said;
    if (!first) return [];
    const kinds = said.map(({ state, outcome, count }) => ({ said: { state, outcome }, count }));
    const rollup = joinRollups(NOTHING_SAID, { kinds, constellations: [] });
    return [{ slug: first.slug, name: first.name, numbers: numbersIn(rollup) }];
  });
}

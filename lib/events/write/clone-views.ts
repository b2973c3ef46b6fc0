import type pg from "pg";
import { concealing } from "@/lib/consents/rules";
import { goesAlong } from "@/lib/saved-views/rules";

const VIEWS = "SELECT id, name, query FROM saved_view WHERE event_id = $1 AND person_id IS NULL";

const ENTRIES = `
SELECT n.id, n.slug AS entry, n.name, json_build_object('slug', p.slug, 'name', p.name, 'aliases', p.aliases) AS project
FROM entry n JOIN project p ON p.id = n.project_id WHERE n.event_id = $1`;

const COPY = `
INSERT INTO saved_view (id, event_id, track_id, name, name_key, query, created_by)
SELECT gen_random_uuid(), $2, n.id, v.name, v.name_key, v.query, v.created_by
FROM saved_view v JOIN track o ON o.id = v.track_id AND o.event_id = $1
JOIN track n ON n.event_id = $2 AND n.slug = o.slug WHERE v.id = ANY($3::uuid[])`;

type View = { id: string; name: string; query: string };
type Entry = {
  id: string;
  entry: string;
  name: string;
  project: { slug: string; name: string; aliases: string[] };
};

/** Of the views for everybody in event `from`, those that name nobody, into the same tracks of event `to`. */
export async function cloneViews(tx: pg.PoolClient, from: string, to: string): Promise<void> {
  const views = await tx.query<View>(VIEWS, [from]);
  const entries = await tx.query<Entry>(ENTRIES, [from]);
  // Who agreed to be named agreed to it in that edition.
  const consent = { named: false, passing: false, failing: false };
  const { named } = concealing(
    entries.rows.map((entry) => ({ ...entry, kind: "participant", consent })),
  );
  const along = views.rows.filter((view) => goesAlong(view, (text) => named(text).length > 0));
  await tx.query(COPY, [from, to, along.map(({ id }) => id)]);
}

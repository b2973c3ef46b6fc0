import { type Actor, grantOrNull, type Permit } from "@/lib/auth/permit";
import { visibleEntries } from "@/lib/auth/visibility";
import { database } from "@/lib/db/client";
import { isEventOpen } from "@/lib/events/rules";
import type { Phase, Visibility } from "@/lib/events/schema";
import type { Plan } from "@/lib/matrices/read/source";
import type { SourceTest } from "@/lib/matrices/schema";

type Row = {
  event_id: string;
  event: string;
  label: string;
  phase: Phase;
  visibility: Visibility;
  zone: string;
  version: number;
  id: string;
  slug: string;
  title: string;
  restricted: boolean;
  roles: Plan["roles"] | null;
  tests: (SourceTest & { lineage: string })[] | null;
};

/** The tracks of the events in which all of these projects have an entry; the newest event first. */
const TRACKS = `
SELECT e.id AS event_id, e.slug AS event, e.label, e.phase, e.visibility, e.zone, e.catalogue_version AS version,
  t.id, t.slug, t.title, t.restricted,
  (SELECT json_agg(json_build_object('key', r.key, 'label', r.label, 'position', r.position) ORDER BY r.position)
   FROM track_role r WHERE r.track_id = t.id) AS roles,
  CASE WHEN $2 THEN (SELECT json_agg(json_build_object('id', c.id, 'number', c.number, 'key', c.key, 'version', c.version, 'title', c.title,
     'level', c.level, 'measured', c.measured, 'directional', c.directional, 'roles', c.roles, 'variants', c.variants, 'lineage', c.lineage)
     ORDER BY c.position, c.key)
   FROM test_case c WHERE c.track_id = t.id AND c.retired_at IS NULL) END AS tests
FROM interop_event e JOIN track t ON t.event_id = e.id
WHERE (SELECT count(DISTINCT n.project_id) FROM entry n
  WHERE n.event_id = e.id AND n.state = 'admitted' AND n.project_id = ANY($1::uuid[])) = cardinality($1::uuid[])
ORDER BY coalesce(e.starts_at, e.created_at) DESC, e.slug, t.position, t.title`;

/** A track whose matrix the reader may see, by their own permit there. */
export type OpenTrack = {
  row: Row;
  permit: Permit<"matrix.view">;
  /** In a restricted track the reader's entries, whose cells are all there is; null for all. */
  only: string[] | null;
};

/** In one query, whatever the number of events. */
export async function openTracks(
  actor: Actor,
  projectIds: readonly string[],
  needs: { tests: boolean },
): Promise<OpenTrack[]> {
  const { rows } = await database().pool.query<Row>(TRACKS, [projectIds, needs.tests]);
  return rows.flatMap((row) => {
    // Whoever the gate of the track's matrix keeps out is told nothing of it.
    const permit = grantOrNull(actor, "matrix.view", {
      eventId: row.event_id,
      eventSlug: row.event,
      phase: row.phase,
      isOpen: isEventOpen(row),
      trackId: row.id,
    });
    if (permit === null) return [];
    const only = visibleEntries(permit, row);
    return only?.length === 0 ? [] : [{ row, permit, only }];
  });
}

import type { Permit } from "@/lib/auth/permit";
import { personIdOf } from "@/lib/auth/permit";
import { Refusal } from "@/lib/core/refusal";
import { database } from "@/lib/db/client";
import type { Joining } from "../schema";

type Row = {
  label: string;
  needs_approval: boolean;
  tracks: Joining["tracks"];
  entries: Joining["entries"];
  mine: Joining["mine"];
  last_project: string | null;
  last_plays: { track: string; roles: string[] }[] | null;
};

const JOINING = `
SELECT e.label, e.entry_policy <> 'open' AS needs_approval,
  coalesce((SELECT json_agg(json_build_object('slug', t.slug, 'title', t.title, 'restricted', t.restricted,
      'roles', coalesce((SELECT json_agg(json_build_object('key', r.key, 'label', r.label) ORDER BY r.position) FROM track_role r WHERE r.track_id = t.id), '[]'))
      ORDER BY t.position, t.title)
    FROM track t WHERE t.event_id = e.id), '[]') AS tracks,
  coalesce((SELECT json_agg(json_build_object('slug', n.slug, 'name', n.name, 'project', p.slug) ORDER BY n.name, n.slug)
    FROM entry n JOIN project p ON p.id = n.project_id WHERE n.event_id = e.id AND n.state = 'admitted'), '[]') AS entries,
  coalesce((SELECT json_agg(json_build_object('slug', n.slug, 'name', n.name, 'state', n.state) ORDER BY n.name, n.slug)
    FROM entry n JOIN entry_member m ON m.entry_id = n.id WHERE n.event_id = e.id AND m.person_id = $2), '[]') AS mine,
  l.project AS last_project, l.plays AS last_plays
FROM interop_event e LEFT JOIN LATERAL (
  SELECT p.name AS project, (SELECT json_agg(json_build_object('track', t.slug, 'roles', et.roles))
    FROM entry_track et JOIN track t ON t.id = et.track_id WHERE et.entry_id = n.id) AS plays
  FROM entry n JOIN entry_member m ON m.entry_id = n.id JOIN project p ON p.id = n.project_id
  WHERE m.person_id = $2 AND n.event_id <> e.id AND n.state = 'admitted'
  ORDER BY n.created_at DESC LIMIT 1) l ON true
WHERE e.id = $1`;

/** What one chooses from to join, with what one entered the last time; in one query. */
export async function loadJoining(permit: Permit<"entry.request">): Promise<Joining> {
  const { actor, scope } = permit;
  const { rows } = await database().pool.query<Row>({
    name: "joining",
    text: JOINING,
    values: [scope.eventId, personIdOf({ actor })],
  });
  const [row] = rows;
  if (!row) throw new Refusal("not_found", "There is no such event.");
  return {
    label: row.label,
    needsApproval: row.needs_approval,
    tracks: row.tracks,
    entries: row.entries,
    mine: row.mine,
    last:
      row.last_project === null
        ? null
        : {
            project: row.last_project,
            plays: Object.fromEntries(
              (row.last_plays ?? []).map(({ track, roles }) => [track, roles]),
            ),
          },
  };
}

import type { Permit } from "@/lib/auth/permit";
import { personIdOf } from "@/lib/auth/permit";
import { allows } from "@/lib/auth/policy";
import { isInsider } from "@/lib/auth/visibility";
import { shownZone } from "@/lib/auth/zone";
import { database } from "@/lib/db/client";
import type { EntryLine, EntryList } from "../schema";

/**
 * Which entries a reader may know of: admitted ones, and those of one's own whatever their state;
 * organizers all. Once the event is published, others see those that agreed to be named.
 * Parameters: `$2` the person, `$3` whether an organizer, `$4` whether consent does not matter.
 */
export const SEEN = `(
  $3 OR EXISTS (SELECT FROM entry_member m WHERE m.entry_id = n.id AND m.person_id = $2)
  OR (n.state = 'admitted' AND ($4 OR n.consent_named)))`;

export function readerOf(permit: Permit<"entry.view">) {
  const { actor, roles, scope } = permit;
  return {
    personId: personIdOf({ actor }),
    isOrganizer: roles.has("organizer"),
    seesUnnamed: scope.phase !== "published" || isInsider(permit),
  };
}

type Row = {
  zone: string;
  lines: (Omit<EntryLine, "project"> & { project: string; project_name: string })[] | null;
};

const LIST = `
SELECT e.zone, (SELECT json_agg(l ORDER BY l.place, l.name, l.slug) FROM (
  SELECT n.slug, n.name, p.slug AS project, p.name AS project_name, n.kind, n.state, n.state_reason AS "stateReason", n.note, b.label AS build,
    array_position(ARRAY['participant', 'helper', 'tool'], n.kind) AS place,
    coalesce((SELECT json_agg(json_build_object('slug', t.slug, 'title', t.title, 'roles', coalesce((
        SELECT json_agg(r.label ORDER BY r.position) FROM track_role r WHERE r.track_id = t.id AND r.key = ANY(et.roles)), '[]'))
        ORDER BY t.position, t.title)
      FROM entry_track et JOIN track t ON t.id = et.track_id WHERE et.entry_id = n.id), '[]') AS tracks,
    EXISTS (SELECT FROM entry_member m WHERE m.entry_id = n.id AND m.person_id = $2) AS "isMine",
    CASE WHEN $3 THEN coalesce((SELECT json_agg(concat_ws(' ', q.name, '<' || q.email || '>') ORDER BY q.name, q.email)
      FROM entry_member m JOIN person q ON q.id = m.person_id WHERE m.entry_id = n.id), '[]') END AS members,
    to_char(n.created_at, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "createdAt"
  FROM entry n JOIN project p ON p.id = n.project_id LEFT JOIN build b ON b.id = n.current_build_id
  WHERE n.event_id = e.id AND ${SEEN}) l) AS lines
FROM interop_event e WHERE e.id = $1`;

/** The entries of an event that the reader may know of, in one query. */
export async function listEntries(permit: Permit<"entry.view">): Promise<EntryList> {
  const { personId, isOrganizer, seesUnnamed } = readerOf(permit);
  const { rows } = await database().pool.query<Row>({
    name: "entries",
    text: LIST,
    values: [permit.scope.eventId, personId, isOrganizer, seesUnnamed],
  });
  const { roles, scope } = permit;
  return {
    zone: shownZone(permit, rows[0]?.zone ?? "UTC"),
    lines: (rows[0]?.lines ?? []).map(lineOf),
    mayAdmit: allows("entry.admit", roles, scope.phase),
    // A visitor may too, once signed in.
    mayRequest: allows("entry.request", new Set(["person"]), scope.phase),
  };
}

const lineOf = ({
  project,
  project_name,
  ...line
}: NonNullable<Row["lines"]>[number]): EntryLine => ({
  slug: line.slug,
  name: line.name,
  project: { slug: project, name: project_name },
  kind: line.kind,
  state: line.state,
  stateReason: line.stateReason,
  note: line.note,
  build: line.build,
  tracks: line.tracks,
  isMine: line.isMine,
  members: line.members,
  createdAt: line.createdAt,
});

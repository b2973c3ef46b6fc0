import type { Permit } from "@/lib/auth/permit";
import { type Action, allows } from "@/lib/auth/policy";
import { isInsider } from "@/lib/auth/visibility";
import { shownZone } from "@/lib/auth/zone";
import { Refusal } from "@/lib/core/refusal";
import { database } from "@/lib/db/client";
import { mayChangeEntry, mayConsent, type Standing } from "../rules";
import type { EntryPage, EntryRights } from "../schema";
import { readerOf, SEEN } from "./list";

type Row = Omit<
  EntryPage,
  "project" | "event" | "endpoints" | "members" | "consent" | "may" | "tracks"
> & {
  project: string;
  project_name: string;
  label: string;
  zone: string;
  endpoints: NonNullable<EntryPage["endpoints"]>;
  members: { id: string; name: string }[];
  named: boolean;
  passing: boolean;
  failing: boolean;
};

const MOMENT = `'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'`;

const ENTRY = `
SELECT n.slug, n.name, p.slug AS project, p.name AS project_name, n.kind, n.state, n.state_reason AS "stateReason", n.note,
  to_char(n.created_at, ${MOMENT}) AS "createdAt", e.label, e.zone,
  n.consent_named AS named, n.consent_passing AS passing, n.consent_failing AS failing,
  EXISTS (SELECT FROM entry_member m WHERE m.entry_id = n.id AND m.person_id = $2) AS "isMine",
  coalesce((SELECT json_agg(json_build_object('slug', t.slug, 'title', t.title, 'restricted', t.restricted,
      'isIn', et.entry_id IS NOT NULL, 'played', coalesce(et.roles, '{}'),
      'roles', coalesce((SELECT json_agg(json_build_object('key', r.key, 'label', r.label) ORDER BY r.position) FROM track_role r WHERE r.track_id = t.id), '[]'))
      ORDER BY t.position, t.title)
    FROM track t LEFT JOIN entry_track et ON et.track_id = t.id AND et.entry_id = n.id WHERE t.event_id = e.id), '[]') AS choices,
  coalesce((SELECT json_agg(json_build_object('id', b.id, 'label', b.label, 'commit', b.commit, 'note', b.note, 'parts', b.parts,
      'verified', b.verified, 'isCurrent', b.id = n.current_build_id IS TRUE, 'createdAt', to_char(b.created_at, ${MOMENT}))
      ORDER BY b.id = n.current_build_id IS TRUE DESC, b.created_at DESC, b.label)
    FROM build b WHERE b.entry_id = n.id), '[]') AS builds,
  coalesce((SELECT json_agg(json_build_object('track', t.slug, 'role', c.role, 'feature', c.feature, 'value', c.value) ORDER BY c.role, c.feature)
    FROM capability c JOIN track t ON t.id = c.track_id WHERE c.entry_id = n.id), '[]') AS capabilities,
  coalesce((SELECT json_agg(f ORDER BY f.track, f.feature) FROM (SELECT DISTINCT t.slug AS track, c.feature
    FROM capability c JOIN track t ON t.id = c.track_id JOIN entry o ON o.id = c.entry_id
    WHERE t.event_id = e.id AND c.feature <> '' AND o.state = 'admitted' LIMIT 500) f), '[]') AS features,
  coalesce((SELECT json_agg(json_build_object('id', o.id, 'role', o.role, 'transport', o.transport, 'uri', o.uri, 'machine', o.machine,
      'unattended', o.unattended, 'note', o.note) ORDER BY o.role, o.transport, o.uri)
    FROM endpoint o WHERE o.entry_id = n.id), '[]') AS endpoints,
  coalesce((SELECT json_agg(json_build_object('id', q.id, 'name', coalesce(q.name, q.email)) ORDER BY q.name, q.email)
    FROM entry_member m JOIN person q ON q.id = m.person_id WHERE m.entry_id = n.id), '[]') AS members
FROM entry n JOIN project p ON p.id = n.project_id JOIN interop_event e ON e.id = n.event_id
WHERE n.event_id = $1 AND n.slug = $5 AND ${SEEN}`;

/**
 * An entry with all that it says of itself, in one query. Where it can be reached and who its people
 * are is told to those who take part.
 */
export async function loadEntry(
  permit: Permit<"entry.view">,
  entrySlug: string,
): Promise<EntryPage> {
  const { eventId, eventSlug, phase } = permit.scope;
  const { personId, isOrganizer, seesUnnamed } = readerOf(permit);
  const { rows } = await database().pool.query<Row>({
    name: "entry",
    text: ENTRY,
    values: [eventId, personId, isOrganizer, seesUnnamed, entrySlug],
  });
  const [row] = rows;
  if (!row) throw new Refusal("not_found", `No entry '${entrySlug}' in this event.`);
  const { project, project_name, label, zone, named, passing, failing, ...entry } = row;
  const isInside = row.isMine || isInsider(permit);
  const isOwn = row.isMine || isOrganizer;
  return {
    ...entry,
    project: { slug: project, name: project_name },
    event: { slug: eventSlug, label, phase, zone: shownZone(permit, zone) },
    endpoints: isInside ? row.endpoints : null,
    members: isInside
      ? row.members.map((member) => ({ ...member, isMe: member.id === personId }))
      : null,
    consent: isOwn ? { named, passing, failing } : null,
    may: rightsOf(permit, { state: row.state, isMember: row.isMine, isOrganizer }),
  };
}

function rightsOf({ roles, scope }: Permit<"entry.view">, standing: Standing): EntryRights {
  const may = (action: Action) => allows(action, roles, scope.phase);
  const isChangeable = mayChangeEntry(standing);
  const isIn = standing.state === "admitted";
  return {
    edit: isChangeable && may("entry.edit"),
    play: isChangeable && may("entry.play"),
    addBuild: isChangeable && may("build.add"),
    consent: mayConsent(standing) && may("entry.consent"),
    leave: standing.isMember && may("entry.leave"),
    withdraw: isChangeable && may("entry.withdraw"),
    admit: standing.isOrganizer && may("entry.admit"),
    invite: isIn && isChangeable && may("invitation.make"),
  };
}

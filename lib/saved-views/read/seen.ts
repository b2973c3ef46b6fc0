import { type Permit, personIdOf } from "@/lib/auth/permit";
import type { Action } from "@/lib/auth/policy";
import { ownEntries } from "@/lib/auth/visibility";

/** What `TRACK_SEEN` asks of the reader, parameters `$1` to `$4`, and who it is, `$5`. */
export function eyesOf(permit: Permit<Action>) {
  const { actor, roles, scope } = permit;
  const leads = actor.kind === "person" ? [...actor.leadOf.keys()] : [];
  const personId = personIdOf(permit);
  return [scope.eventId, roles.has("organizer"), leads, ownEntries(permit), personId] as const;
}

/**
 * Whether the reader may know of views of track `t` of event `$1`: as its matrix decides it. One that is
 * restricted has views only for its leads, the organizers, and those who have a part or a cell in it.
 */
export const TRACK_SEEN = `(t.event_id = $1 AND (NOT t.restricted OR $2::bool OR t.id = ANY($3::uuid[])
  OR EXISTS (SELECT FROM entry_track et WHERE et.track_id = t.id AND et.entry_id = ANY($4::uuid[]))
  OR EXISTS (SELECT FROM unnest($4::uuid[]) AS o (id) JOIN cell c
    ON c.track_id = t.id AND c.parties @> jsonb_build_array(jsonb_build_object('entry', o.id::text)))))`;

/** Whether view `v` is the reader's own or the event's. */
export const VIEW_SEEN = "(v.person_id IS NULL OR v.person_id = $5::uuid)";

import { database } from "@/lib/db/client";
import type { Actor } from "./permit";
import { findSession } from "./sessions";

type Row = {
  zone: string | null;
  organizes: string[] | null;
  leads: { track: string; event: string }[] | null;
  memberships: { entry: string; event: string }[] | null;
};

const ROLES = `
SELECT (SELECT zone FROM person WHERE id = $1) AS zone,
  (SELECT array_agg(event_id) FROM organizer WHERE person_id = $1) AS organizes,
  (SELECT json_agg(json_build_object('track', t.id, 'event', t.event_id))
   FROM track_lead l JOIN track t ON t.id = l.track_id WHERE l.person_id = $1) AS leads,
  (SELECT json_agg(json_build_object('entry', n.id, 'event', n.event_id))
   FROM entry_member m JOIN entry n ON n.id = m.entry_id WHERE m.person_id = $1 AND n.state = 'admitted') AS memberships`;

/** A signed-in person with all the roles they hold now: a role taken away is gone at the next request. */
export async function loadPersonActor(personId: string): Promise<Actor> {
  const { rows } = await database().pool.query<Row>({
    name: "actor",
    text: ROLES,
    values: [personId],
  });
  const row = rows[0];
  return {
    kind: "person",
    personId,
    zone: row?.zone ?? null,
    organizerOf: new Set(row?.organizes ?? []),
    leadOf: new Map((row?.leads ?? []).map(({ track, event }) => [track, event])),
    memberOf: new Map((row?.memberships ?? []).map(({ entry, event }) => [entry, event])),
  };
}

/** Whoever holds this session token now; a visitor without one, or when its session has ended. */
export async function loadActor(sessionToken: string | undefined): Promise<Actor> {
  const session = sessionToken ? await findSession(sessionToken) : null;
  return session ? loadPersonActor(session.personId) : { kind: "visitor" };
}

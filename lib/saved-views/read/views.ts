import { type Permit, personIdOf } from "@/lib/auth/permit";
import { database } from "@/lib/db/client";
import { eyesOf } from "@/lib/issues/read/seen";
import { loadVeil } from "@/lib/issues/read/veil";
import { mayChange, wordsOf } from "../rules";
import { pageQueryOf, type SavedView } from "../schema";
import { TRACK_SEEN, VIEW_SEEN } from "./seen";

type Row = {
  id: string;
  name: string;
  query: string;
  owner: string | null;
  track_id: string;
  slug: string;
  title: string;
  restricted: boolean;
};

/** `$6`: of one track alone; null for all of the event. */
const VIEWS = `
SELECT v.id, v.name, v.query, v.person_id AS owner, t.id AS track_id, t.slug, t.title, t.restricted
FROM saved_view v JOIN track t ON t.id = v.track_id
WHERE v.event_id = $1 AND ${VIEW_SEEN} AND ${TRACK_SEEN} AND ($6::uuid IS NULL OR t.id = $6)
ORDER BY t.position, t.title, v.name_key, v.id`;

/**
 * The event's saved views and the reader's own, by track and name; of one track where the permit is for one.
 * One query; once the event is published a second for outsiders, who are not told of a view that names
 * somebody who has not agreed to it.
 */
export async function listViews(
  permit: Permit<"savedView.view" | "event.view">,
): Promise<SavedView[]> {
  const { actor, scope } = permit;
  const [isOrganizer, personId] = [permit.roles.has("organizer"), personIdOf(permit)];
  const [{ hide }, { rows }] = await Promise.all([
    loadVeil(permit),
    database().pool.query<Row>({
      name: "saved-views",
      text: VIEWS,
      values: [...eyesOf(permit), scope.trackId ?? null],
    }),
  ]);
  const leads = (trackId: string) =>
    isOrganizer || (actor.kind === "person" && actor.leadOf.has(trackId));
  const isNamed = (row: Row) => hide(wordsOf(row)) !== wordsOf(row);
  const isTold = (row: Row) =>
    (seesAll(permit) || leads(row.track_id)) && (row.owner !== null || !isNamed(row));
  return rows.filter(isTold).map((row) => {
    const { id, name, query, owner, track_id, slug, title, restricted } = row;
    const mayShare = leads(track_id);
    return {
      ...{ id, name, query: pageQueryOf(new URLSearchParams(query)) },
      isOwn: owner !== null,
      mayChange: mayChange(owner, { personId, mayShare }),
      mayShare: mayShare && owner !== null,
      track: { slug, title, restricted },
    };
  });
}

/** Whether every track's matrix is open to the reader, but for restricted ones: a lead's is not by that alone. */
const seesAll = ({ roles }: Permit<"savedView.view" | "event.view">) =>
  (["audience", "participant", "organizer"] as const).some((role) => roles.has(role));

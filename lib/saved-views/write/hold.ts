import type pg from "pg";
import { type Permit, personIdOf } from "@/lib/auth/permit";
import { type Action, allows } from "@/lib/auth/policy";
import { Refusal } from "@/lib/core/refusal";
import { audit } from "@/lib/db/audit";
import { cellEyesOf, eyesOf } from "@/lib/issues/read/seen";
import { TRACK_SEEN, VIEW_SEEN } from "../read/seen";
import { mayChange, nameRefusal, whyNotNamed, whyNotOneMore } from "../rules";

export type ViewPermit = Permit<"savedView.keep" | "savedView.share">;

/** One writer of an event's saved views at a time: what is counted and compared then stays so. */
export const holdViews = (tx: pg.PoolClient, { scope }: ViewPermit) =>
  tx.query("SELECT pg_advisory_xact_lock(hashtextextended('saved-view ' || $1, 0))", [
    scope.eventId,
  ]);

/** Whoever signs in may keep views, but only of a matrix that they may see. */
export async function requireTrack(tx: pg.PoolClient, permit: ViewPermit): Promise<string> {
  if (!allows("matrix.view", permit.roles, permit.scope.phase)) {
    throw new Refusal(
      "forbidden",
      "Views are kept by those who may see the matrix: this event does not show it to everybody.",
    );
  }
  const { trackId } = permit.scope;
  const { rowCount } = await tx.query(`SELECT FROM track t WHERE t.id = $5 AND ${TRACK_SEEN}`, [
    ...cellEyesOf(permit),
    trackId,
  ]);
  if (trackId === undefined || rowCount === 0) {
    throw new Refusal("not_found", "There is no such track in this event.");
  }
  return trackId;
}

type Held = { name: string; owner: string | null };

const VIEW = `
SELECT v.name, v.person_id AS owner FROM saved_view v JOIN track t ON t.id = v.track_id
WHERE v.id = $6 AND t.id = $7 AND ${VIEW_SEEN} AND ${TRACK_SEEN}`;

/** The view, if the permit's person may change it. Another person's does not exist for them. */
export async function requireView(
  tx: pg.PoolClient,
  permit: ViewPermit,
  viewId: string,
): Promise<Held> {
  const trackId = await requireTrack(tx, permit);
  const { rows } = await tx.query<Held>(VIEW, [...eyesOf(permit), viewId, trackId]);
  const [view] = rows;
  if (!view) throw new Refusal("not_found", "There is no such saved view; it may be deleted.");
  const mayShare = allows("savedView.share", permit.roles, permit.scope.phase);
  if (!mayChange(view.owner, { personId: personIdOf(permit), mayShare })) {
    throw new Refusal(
      "forbidden",
      "This view is the event's: an organizer or a lead of its track changes it.",
    );
  }
  return view;
}

/** `$4`: the view itself, which is in nobody's way. A person's views count in the event, the event's in their track. */
const OTHERS = `
SELECT v.name_key AS key, v.track_id = $2 AS "isHere" FROM saved_view v
WHERE v.event_id = $1 AND v.person_id IS NOT DISTINCT FROM $3::uuid
  AND ($3::uuid IS NOT NULL OR v.track_id = $2) AND v.id IS DISTINCT FROM $4::uuid`;

type Place = { trackId: string; owner: string | null; name: string; viewId: string | null };

/** Refuses a name that is taken in the list where it would stand, and what is one too many there. */
export async function refuseTaken(
  tx: pg.PoolClient,
  permit: ViewPermit,
  { trackId, owner, name, viewId }: Place,
) {
  const { rows } = await tx.query<{ key: string; isHere: boolean }>(OTHERS, [
    permit.scope.eventId,
    trackId,
    owner,
    viewId,
  ]);
  const isShared = owner === null;
  const others = rows.filter(({ isHere }) => isHere).map(({ key }) => key);
  const why = whyNotNamed(name, { others, isShared }) ?? whyNotOneMore(rows.length, isShared);
  if (why !== null) throw nameRefusal(why);
}

type Deed = { did: "save" | "rename" | "remove" | "share"; name: string; isShared: boolean };

/**
 * What was done, for the audit trail; of one's own view without its name, which is nobody else's. Nothing on
 * an open page changes by it, so that nobody is woken.
 */
export async function auditView<A extends Action>(
  tx: pg.PoolClient,
  permit: Permit<A>,
  { subject, deed: { did, name, isShared } }: { subject: string; deed: Deed },
) {
  const detail = isShared ? { did, name } : { did };
  await audit(tx, permit, { subject, detail });
}

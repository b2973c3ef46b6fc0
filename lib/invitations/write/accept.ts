import type pg from "pg";
import { hashInvitationToken } from "@/lib/auth/invitation-token";
import type { SitePermit } from "@/lib/auth/permit";
import { requirePersonId } from "@/lib/auth/person-id";
import { env } from "@/lib/core/env";
import { Refusal } from "@/lib/core/refusal";
import { transaction } from "@/lib/db/transaction";
import { momentsOf } from "../read";
import { mayGive, stateOf, WHY_CLOSED } from "../rules";
import type { Accepted, InvitationRole } from "../schema";

type Row = {
  id: string;
  event_id: string;
  event: string;
  role: InvitationRole;
  entry_id: string | null;
  track_id: string | null;
  place: string | null;
  entry_state: string | null;
  created_by_id: string | null;
  maker_organizes: boolean;
  maker_is_member: boolean;
  expires_at: Date;
  revoked_at: Date | null;
  accepted_at: Date | null;
};

const HOLD = `
SELECT i.id, i.event_id, e.slug AS event, i.role, i.entry_id, i.track_id, coalesce(n.slug, t.slug) AS place, n.state AS entry_state,
  i.created_by_id, i.expires_at, i.revoked_at, i.accepted_at,
  EXISTS (SELECT FROM organizer o WHERE o.event_id = i.event_id AND o.person_id = i.created_by_id) AS maker_organizes,
  EXISTS (SELECT FROM entry_member m WHERE m.entry_id = i.entry_id AND m.person_id = i.created_by_id) AS maker_is_member
FROM invitation i JOIN interop_event e ON e.id = i.event_id
LEFT JOIN entry n ON n.id = i.entry_id LEFT JOIN track t ON t.id = i.track_id
WHERE i.hash = $1 FOR UPDATE OF i`;

/**
 * Gives whoever is signed in what the link gives, once: of two who press at the same moment, one.
 * Nothing is given that its maker could not give any more.
 */
export async function acceptInvitation(
  permit: SitePermit<"invitation.accept">,
  token: string,
  now = new Date(),
): Promise<Accepted> {
  const personId = requirePersonId(permit);
  return transaction(async (tx) => {
    const { rows } = await tx.query<Row>(HOLD, [hashInvitationToken(token, env().AUTH_SECRET)]);
    const [row] = rows;
    if (!row) throw new Refusal("not_found", "There is no such invitation.");
    refuse(row, now);
    if (!(await give(tx, row, personId))) {
      throw new Refusal(
        "conflict",
        "You are that already, so the link was not used: it still works for somebody else.",
      );
    }
    await tx.query("UPDATE invitation SET accepted_at = $2, accepted_by_id = $3 WHERE id = $1", [
      row.id,
      now,
      personId,
    ]);
    await tx.query(
      "INSERT INTO audit (event_id, action, person_id, subject, detail) VALUES ($1, $2, $3, $4, $5)",
      [
        row.event_id,
        permit.action,
        personId,
        row.id,
        { role: row.role, in: row.place, invitedBy: row.created_by_id },
      ],
    );
    return { eventSlug: row.event, role: row.role, in: row.place };
  });
}

function refuse(row: Row, now: Date) {
  const state = stateOf(momentsOf(row), now);
  if (state !== "open") throw new Refusal("conflict", WHY_CLOSED[state]);
  if (row.entry_state !== null && row.entry_state !== "admitted") {
    throw new Refusal("conflict", "The entry that this invitation is to is not in the event now.");
  }
  // Without a person it was made by the operator, who may give anything.
  const isOrganizer = row.created_by_id === null || row.maker_organizes;
  const maker = { isOrganizer, isMember: row.maker_is_member };
  if (!mayGive(row.role, maker)) {
    throw new Refusal(
      "conflict",
      "Whoever invited you may not do so any more. Ask the organizers for a new link.",
    );
  }
}

const GIVE = {
  member: "INSERT INTO entry_member (entry_id, person_id) VALUES ($1, $2) ON CONFLICT DO NOTHING",
  lead: "INSERT INTO track_lead (track_id, person_id) VALUES ($1, $2) ON CONFLICT DO NOTHING",
  organizer: "INSERT INTO organizer (event_id, person_id) VALUES ($1, $2) ON CONFLICT DO NOTHING",
} as const satisfies Record<InvitationRole, string>;

/** False when the person has that role already. */
async function give(tx: pg.PoolClient, row: Row, personId: string): Promise<boolean> {
  const placeId = row.entry_id ?? row.track_id ?? row.event_id;
  const { rowCount } = await tx.query(GIVE[row.role], [placeId, personId]);
  return rowCount === 1;
}

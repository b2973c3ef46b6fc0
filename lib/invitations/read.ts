import { hashInvitationToken } from "@/lib/auth/invitation-token";
import type { Permit, SitePermit } from "@/lib/auth/permit";
import { shownZone } from "@/lib/auth/zone";
import { env } from "@/lib/core/env";
import { Refusal } from "@/lib/core/refusal";
import { database } from "@/lib/db/client";
import { type Moments, stateOf } from "./rules";
import type { InvitationLine, InvitationPage, InvitationRole } from "./schema";

type MomentRow = { expires_at: Date; revoked_at: Date | null; accepted_at: Date | null };
type PlaceRow = MomentRow & {
  role: InvitationRole;
  place: string | null;
  place_name: string | null;
};

export const momentsOf = (row: MomentRow): Moments => ({
  expiresAt: row.expires_at,
  revokedAt: row.revoked_at,
  acceptedAt: row.accepted_at,
});

const placeOf = ({ place, place_name }: PlaceRow) =>
  place === null ? null : { slug: place, name: place_name ?? place };

const PLACE = `
i.role, coalesce(n.slug, t.slug) AS place, coalesce(n.name, t.title) AS place_name, i.expires_at, i.revoked_at, i.accepted_at,
coalesce(c.name, c.email) AS created_by
FROM invitation i LEFT JOIN entry n ON n.id = i.entry_id LEFT JOIN track t ON t.id = i.track_id
LEFT JOIN person c ON c.id = i.created_by_id`;

type LineRow = PlaceRow & {
  id: string;
  note: string;
  created_at: Date;
  created_by: string | null;
  accepted_by: string | null;
};

const LIST = `
SELECT i.id, i.note, i.created_at, coalesce(a.name, a.email) AS accepted_by, ${PLACE}
LEFT JOIN person a ON a.id = i.accepted_by_id
WHERE i.event_id = $1 AND ($2 OR i.entry_id = ANY($3::uuid[])) AND ($4::text IS NULL OR n.slug = $4)
ORDER BY i.created_at DESC, i.id LIMIT 200`;

/**
 * The invitations of an event, the newest first: an organizer's are all, a member's those to their
 * own entries. With a slug, those to that entry alone. In one query.
 */
export async function listInvitations(
  { actor, roles, scope }: Permit<"invitation.make">,
  entrySlug: string | null,
  now = new Date(),
): Promise<InvitationLine[]> {
  const own = actor.kind === "person" ? [...actor.memberOf.keys()] : [];
  const { rows } = await database().pool.query<LineRow>({
    name: "invitations",
    text: LIST,
    values: [scope.eventId, roles.has("organizer"), own, entrySlug],
  });
  return rows.map((row) => ({
    id: row.id,
    role: row.role,
    in: placeOf(row),
    note: row.note,
    state: stateOf(momentsOf(row), now),
    createdAt: row.created_at.toISOString(),
    createdBy: row.created_by,
    expiresAt: row.expires_at.toISOString(),
    acceptedBy: row.accepted_by,
    acceptedAt: row.accepted_at?.toISOString() ?? null,
  }));
}

type PageRow = PlaceRow & {
  slug: string;
  label: string;
  zone: string;
  created_by: string | null;
};

const PAGE = `
SELECT e.slug, e.label, e.zone, ${PLACE} JOIN interop_event e ON e.id = i.event_id WHERE i.hash = $1`;

/** What a link gives, for whoever holds it: the token is the right to know. */
export async function loadInvitation(
  permit: SitePermit<"invitation.view">,
  token: string,
  now = new Date(),
): Promise<InvitationPage> {
  const { rows } = await database().pool.query<PageRow>(PAGE, [
    hashInvitationToken(token, env().AUTH_SECRET),
  ]);
  const [row] = rows;
  if (!row) throw new Refusal("not_found", "There is no such invitation.");
  return {
    role: row.role,
    in: placeOf(row),
    event: { slug: row.slug, label: row.label, zone: shownZone(permit, row.zone) },
    invitedBy: row.created_by,
    expiresAt: row.expires_at.toISOString(),
    state: stateOf(momentsOf(row), now),
  };
}

import { hashInvitationToken, newInvitationToken } from "@/lib/auth/invitation-token";
import type { Permit } from "@/lib/auth/permit";
import { personIdOf } from "@/lib/auth/permit";
import { env } from "@/lib/core/env";
import { Refusal } from "@/lib/core/refusal";
import { auditOf } from "@/lib/db/audit";
import { db } from "@/lib/db/client";
import { LIFETIME_MS, mayGive } from "../rules";
import type { InvitationInput, InvitationRole } from "../schema";

/** Makes a link, which is told here and nowhere again. It gives no more than its maker may. */
export async function makeInvitation(
  permit: Permit<"invitation.make">,
  invitation: InvitationInput,
  now = new Date(),
): Promise<{ token: string }> {
  const { actor, roles, scope } = permit;
  const { eventId } = scope;
  const place = await findPlace(eventId, invitation);
  const isMember =
    actor.kind === "person" && place.entryId !== null && actor.memberOf.has(place.entryId);
  if (!mayGive(invitation.role, { isOrganizer: roles.has("organizer"), isMember })) {
    throw new Refusal("forbidden", WHO_MAY[invitation.role]);
  }
  const token = newInvitationToken();
  await db.$transaction(async (tx) => {
    const { id } = await tx.invitation.create({
      data: {
        eventId,
        ...place,
        role: invitation.role,
        note: invitation.note,
        hash: new Uint8Array(hashInvitationToken(token, env().AUTH_SECRET)),
        createdById: personIdOf({ actor }),
        expiresAt: new Date(now.getTime() + LIFETIME_MS),
      },
      select: { id: true },
    });
    const { note: _, ...detail } = invitation;
    await tx.audit.create({ data: auditOf(permit, { subject: id, detail }) });
  });
  return { token };
}

const WHO_MAY = {
  member: "Only members of an entry and the organizers invite to it.",
  lead: "Only the organizers of the event appoint leads.",
  organizer: "Only the organizers of the event appoint organizers.",
} as const satisfies Record<InvitationRole, string>;

/** The entry or track that the role is in. */
async function findPlace(
  eventId: string,
  invitation: InvitationInput,
): Promise<{ entryId: string | null; trackId: string | null }> {
  if (invitation.role === "organizer") return { entryId: null, trackId: null };
  if (invitation.role === "lead") {
    const slug = invitation.track;
    const track = await db.track.findUnique({
      where: { eventId_slug: { eventId, slug } },
      select: { id: true },
    });
    if (!track) throw new Refusal("not_found", `No track '${slug}' in this event.`);
    return { entryId: null, trackId: track.id };
  }
  const slug = invitation.entry;
  const entry = await db.entry.findUnique({
    where: { eventId_slug: { eventId, slug }, state: "admitted" },
    select: { id: true },
  });
  if (!entry) throw new Refusal("not_found", `No admitted entry '${slug}' in this event.`);
  return { entryId: entry.id, trackId: null };
}

/** Makes a link useless. Whom it let in stays in. */
export async function revokeInvitation(
  permit: Permit<"invitation.make">,
  invitationId: string,
  now = new Date(),
): Promise<void> {
  const { actor, roles, scope } = permit;
  const own = actor.kind === "person" ? [...actor.memberOf.keys()] : [];
  await db.$transaction(async (tx) => {
    const { count } = await tx.invitation.updateMany({
      where: {
        id: invitationId,
        eventId: scope.eventId,
        acceptedAt: null,
        revokedAt: null,
        ...(roles.has("organizer") ? {} : { entryId: { in: own } }),
      },
      data: { revokedAt: now },
    });
    if (count === 0) throw new Refusal("not_found", "That invitation is not open any more.");
    await tx.audit.create({
      data: auditOf(permit, { subject: invitationId, detail: { did: "revoke" } }),
    });
  });
}

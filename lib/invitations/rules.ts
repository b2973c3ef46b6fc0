import type { InvitationRole, InvitationState } from "./schema";

/** Seven days. */
export const LIFETIME_MS = 7 * 24 * 3_600_000;

export type Moments = {
  expiresAt: Date;
  revokedAt: Date | null;
  acceptedAt: Date | null;
};

export function stateOf({ expiresAt, revokedAt, acceptedAt }: Moments, now: Date): InvitationState {
  if (acceptedAt) return "accepted";
  if (revokedAt) return "revoked";
  return expiresAt <= now ? "expired" : "open";
}

/** Who gives a role: an organizer of the event any, a member that of their own entry. */
export const mayGive = (
  role: InvitationRole,
  { isOrganizer, isMember }: { isOrganizer: boolean; isMember: boolean },
): boolean => isOrganizer || (role === "member" && isMember);

/** Why a link does not work any more. */
export const WHY_CLOSED = {
  accepted: "This invitation has been accepted: each link works once. Ask for a new one.",
  revoked: "This invitation was taken back. Ask whoever sent it.",
  expired: "This invitation has expired: each is good for seven days. Ask for a new one.",
} as const satisfies Record<Exclude<InvitationState, "open">, string>;

/** A role as people say it, with the entry or track that it is in. */
export const WHAT_IT_GIVES = {
  member: (place) => `member of ${place}`,
  lead: (place) => `lead of ${place}`,
  organizer: () => "organizer of the event",
} as const satisfies Record<InvitationRole, (place: string) => string>;

import * as z from "zod";
import { safeText, slugSchema } from "@/lib/core/text";

/** 160 bits in base64url. */
export const invitationTokenSchema = z.string().regex(/^[A-Za-z0-9_-]{27}$/);

const note = z.string().trim().pipe(safeText(120)).default("");

/** What a link is to give, and for whom it is. */
export const invitationSchema = z.discriminatedUnion("role", [
  z.strictObject({ role: z.literal("member"), entry: slugSchema, note }),
  z.strictObject({ role: z.literal("lead"), track: slugSchema, note }),
  z.strictObject({ role: z.literal("organizer"), note }),
]);
export type InvitationInput = z.output<typeof invitationSchema>;
export type InvitationRole = InvitationInput["role"];

export type InvitationState = "open" | "accepted" | "revoked" | "expired";

type Offer = {
  role: InvitationRole;
  /** The entry or track that the role is in; null for the event itself. */
  in: { slug: string; name: string } | null;
  expiresAt: string;
  state: InvitationState;
};

export type InvitationLine = Offer & {
  id: string;
  note: string;
  createdAt: string;
  createdBy: string | null;
  acceptedBy: string | null;
  acceptedAt: string | null;
};

/** What whoever holds a link is shown of it. */
export type InvitationPage = Offer & {
  event: { slug: string; label: string; zone: string };
  invitedBy: string | null;
};

/** Where an accepted invitation leads. */
export type Accepted = { eventSlug: string; role: InvitationRole; in: string | null };

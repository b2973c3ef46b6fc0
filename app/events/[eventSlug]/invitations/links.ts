import * as z from "zod";
import { readerId } from "@/app/reader";
import { env } from "@/lib/core/env";
import { text } from "@/lib/http/fields";
import type { Fields } from "@/lib/http/form";
import { seal, unseal } from "@/lib/http/seal";
import type { InvitationInput } from "@/lib/invitations/schema";
import { api } from "@/lib/trpc/server";

const linkSchema = z.object({ link: z.string() });

/**
 * Makes the link that a form asks for; returns what the page's address needs to show it. Sealed: it
 * is shown to whoever made it, and no log or history holds it.
 */
export async function makeLink(eventSlug: string, fields: Fields): Promise<string> {
  const invitation = invitationIn(fields);
  const { token } = await api.invitations.make({ eventSlug, invitation });
  const link = new URL(`/invitations/${token}`, env().APP_URL).href;
  return new URLSearchParams({ made: seal({ link }, await readerId()) }).toString();
}

function invitationIn(fields: Fields): InvitationInput {
  const [role, place = ""] = text(fields, "gives").split("/");
  const note = text(fields, "invitation.note");
  if (role === "organizer") return { role, note };
  return role === "lead" ? { role, track: place, note } : { role: "member", entry: place, note };
}

export const revokeLink = (eventSlug: string, fields: Fields): Promise<void> =>
  api.invitations.revoke({ eventSlug, invitationId: text(fields, "invitationId") });

/** The link that was just made, for whoever made it. */
export const linkIn = async (sealed: unknown): Promise<string | null> =>
  unseal(linkSchema, { sealed, reader: await readerId() })?.link ?? null;

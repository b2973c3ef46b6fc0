import * as z from "zod";
import { createSignInLink } from "@/lib/auth/sign-in-link";
import { appointOrganizer } from "@/lib/events/write";
import { mayInEvent } from "./gate";
import { type Flags, needed, UsageError } from "./usage";

const MAX_HOURS = 7 * 24;

export async function signInLink(flags: Flags): Promise<string> {
  const email = needed(flags.email, "email").trim().toLowerCase();
  if (!z.email().safeParse(email).success) throw new UsageError("--email is no e-mail address.");
  const hours = Number(flags.hours ?? "1");
  if (!(hours > 0 && hours <= MAX_HOURS))
    throw new UsageError(`--hours is between 0 and ${MAX_HOURS}.`);
  const eventSlug = flags["organizer-of"];
  if (eventSlug === undefined) return createSignInLink({ email, hours });
  await appointOrganizer(await mayInEvent("event.prepare", eventSlug), email);
  return createSignInLink({ email, hours, callbackPath: `/events/${eventSlug}` });
}

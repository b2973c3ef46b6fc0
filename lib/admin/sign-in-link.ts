import * as z from "zod";
import { createSignInLink } from "@/lib/auth/sign-in-link";
import { type Appointment, appoint } from "@/lib/events/write/appoint";
import { mayInEvent } from "./gate";
import { type Flags, needed, UsageError } from "./usage";

const MAX_HOURS = 7 * 24;

export async function signInLink(flags: Flags): Promise<string> {
  const email = needed(flags.email, "email").trim().toLowerCase();
  if (!z.email().safeParse(email).success) throw new UsageError("--email is no e-mail address.");
  const hours = Number(flags.hours ?? "1");
  if (!(hours > 0 && hours <= MAX_HOURS))
    throw new UsageError(`--hours is between 0 and ${MAX_HOURS}.`);
  const part = partOf(flags);
  if (!part) return createSignInLink({ email, hours });
  await appoint(await mayInEvent("event.prepare", part.eventSlug), email, part.to);
  return createSignInLink({ email, hours, callbackPath: `/events/${part.eventSlug}` });
}

/** The event and the part in it that the flags name; at most one of the three. */
function partOf(flags: Flags): { eventSlug: string; to: Appointment } | null {
  const { "organizer-of": organizer, "lead-of": lead, "member-of": member } = flags;
  const given = [organizer, lead, member].filter((one) => one !== undefined);
  if (given.length > 1)
    throw new UsageError("Give one of --organizer-of, --lead-of and --member-of.");
  if (organizer !== undefined) return { eventSlug: organizer, to: { as: "organizer" } };
  if (lead !== undefined) {
    const [eventSlug, trackSlug] = pairOf(lead, "lead-of SLUG/TRACK");
    return { eventSlug, to: { as: "lead", trackSlug } };
  }
  if (member === undefined) return null;
  const [eventSlug, entrySlug] = pairOf(member, "member-of SLUG/ENTRY");
  return { eventSlug, to: { as: "member", entrySlug } };
}

function pairOf(text: string, form: string): [string, string] {
  const [first, second, ...more] = text.split("/");
  if (!first || !second || more.length > 0) throw new UsageError(`It is --${form}.`);
  return [first, second];
}

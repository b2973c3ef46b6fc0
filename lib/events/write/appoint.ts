import type { Permit } from "@/lib/auth/permit";
import { Refusal } from "@/lib/core/refusal";
import { auditOf } from "@/lib/db/audit";
import { db } from "@/lib/db/client";

/** Who may be appointed to what: the whole event, one of its tracks, one of its entries. */
export type Appointment =
  | { as: "organizer" }
  | { as: "lead"; trackSlug: string }
  | { as: "member"; entrySlug: string };

/**
 * Gives a person a part in the event; the person is made when nobody has the address yet. Saying it
 * again is no change. `not_found` for a track or an entry that the event does not have.
 */
export async function appoint(permit: Permit<"event.prepare">, email: string, to: Appointment) {
  const { eventId } = permit.scope;
  const { id: personId } = await db.person.upsert({
    where: { email },
    create: { email },
    update: {},
    select: { id: true },
  });
  if (to.as === "organizer") {
    const data = [{ eventId, personId }];
    await db.organizer.createMany({ data, skipDuplicates: true });
  } else if (to.as === "lead") {
    const data = [{ trackId: await trackIdOf(eventId, to.trackSlug), personId }];
    await db.trackLead.createMany({ data, skipDuplicates: true });
  } else {
    const data = [{ entryId: await entryIdOf(eventId, to.entrySlug), personId }];
    await db.entryMember.createMany({ data, skipDuplicates: true });
  }
  await db.audit.create({
    data: auditOf(permit, { subject: personId, detail: { did: "appoint", ...to } }),
  });
}

async function trackIdOf(eventId: string, slug: string): Promise<string> {
  const track = await db.track.findUnique({
    where: { eventId_slug: { eventId, slug } },
    select: { id: true },
  });
  if (!track) throw new Refusal("not_found", `No track '${slug}' in this event.`);
  return track.id;
}

async function entryIdOf(eventId: string, slug: string): Promise<string> {
  const entry = await db.entry.findUnique({
    where: { eventId_slug: { eventId, slug } },
    select: { id: true },
  });
  if (!entry) throw new Refusal("not_found", `No entry '${slug}' in this event.`);
  return entry.id;
}

import type { SitePermit } from "@/lib/auth/permit";
import { db } from "@/lib/db/client";
import type { EventInput, SeriesInput } from "../schema";

/** Makes an event in its series. One with the slug is left as it is: saying it again is no change. */
export async function createEvent(
  _: SitePermit<"event.create">,
  series: SeriesInput,
  { startsAt, endsAt, ...event }: EventInput,
): Promise<{ eventId: string; created: boolean }> {
  const known = await db.interopEvent.findUnique({
    where: { slug: event.slug },
    select: { id: true },
  });
  if (known) return { eventId: known.id, created: false };
  const { id } = await db.interopEvent.create({
    data: {
      ...event,
      startsAt: startsAt ?? null,
      endsAt: endsAt ?? null,
      series: { connectOrCreate: { where: { slug: series.slug }, create: series } },
    },
    select: { id: true },
  });
  await db.audit.create({ data: { eventId: id, action: "event.create", subject: event.slug } });
  return { eventId: id, created: true };
}

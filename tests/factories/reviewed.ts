import { db } from "@/lib/db/client";
import type { Phase } from "@/lib/events/schema";
import { callAs, makeOrganizer } from "./caller";
import { type MadeEvent, makeEvent } from "./event";
import { item, push } from "./push";

const agree = (eventId: string) =>
  db.entry.updateMany({
    where: { eventId },
    data: { consentNamed: true, consentPassing: true, consentFailing: true },
  });
export const toPhase = ({ eventId }: MadeEvent, phase: Phase) =>
  db.interopEvent.update({ where: { id: eventId }, data: { phase } });

/** An event in review with a confirmed pass between two that agreed, and its organizer. */
export async function makeReviewed(over: Parameters<typeof makeEvent>[0] = {}) {
  const event = await makeEvent(over);
  const token = await event.tokenOf(null);
  await push(event, token, [item()]);
  await agree(event.eventId);
  await toPhase(event, "review");
  const organizerId = await makeOrganizer(event.eventId);
  return { event, token, organizerId, organizer: await callAs(organizerId) };
}

type Caller = Awaited<ReturnType<typeof callAs>>;
export const publish = async (as: Caller, { slug }: MadeEvent, changelog = "") => {
  const { digest } = await as.summaries.preview({ eventSlug: slug });
  return as.summaries.publish({ eventSlug: slug, digest, changelog });
};

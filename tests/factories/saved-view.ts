import { db } from "@/lib/db/client";
import { callAs, makeLead, makeMember } from "@/tests/factories/caller";
import { type MadeEvent, makeEvent } from "@/tests/factories/event";

export const inCalls = ({ slug }: MadeEvent) => ({ eventSlug: slug, trackSlug: "calls" });
export const DISPUTED = { name: "Disputed", query: "?state=disputed" };

export const save = async (event: MadeEvent, personId: string | null, over = {}) =>
  (await callAs(personId)).savedViews.save({ ...inCalls(event), view: { ...DISPUTED, ...over } });
export const saveForAll = async (event: MadeEvent, personId: string | null, over = {}) =>
  (await callAs(personId)).savedViews.saveForAll({
    ...inCalls(event),
    view: { ...DISPUTED, ...over },
  });
export const list = async (event: MadeEvent, personId: string | null) =>
  (await callAs(personId)).savedViews.list({ eventSlug: event.slug });
export const names = async (event: MadeEvent, personId: string | null) =>
  (await list(event, personId)).map(({ name }) => name);

/** An event with a member of each entry, and the lead of its track. */
export async function makeCast(options: Parameters<typeof makeEvent>[0] = {}) {
  const event = await makeEvent(options);
  const ann = await makeMember(event.entryIds.alpha ?? "");
  const bob = await makeMember(event.entryIds.beta ?? "");
  return { event, ann, bob, lead: await makeLead(event.trackId) };
}

/** A second track of the same event, with a lead of its own. */
export async function makeOtherTrack({ eventId }: MadeEvent) {
  const { id } = await db.track.create({
    data: { eventId, slug: "other", title: "Other", position: 1 },
    select: { id: true },
  });
  return { trackId: id, lead: await makeLead(id) };
}

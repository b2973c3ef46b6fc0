import { describe, expect, it } from "vitest";
import { db } from "@/lib/db/client";
import { callAs, makeMember } from "@/tests/factories/caller";
import { makeEvent } from "@/tests/factories/event";

const makeFarEvent = async () => {
  const event = await makeEvent();
  await db.interopEvent.update({
    where: { id: event.eventId },
    data: { zone: "Europe/Bucharest" },
  });
  return { event, member: await makeMember(event.entryIds.alpha ?? "") };
};

const zonesFor = async (personId: string | null, eventSlug: string) => {
  const caller = await callAs(personId);
  const { zone, homeZone } = await caller.events.byName({ eventSlug });
  const { event } = await caller.entries.bySlug({ eventSlug, entrySlug: "alpha" });
  return [zone, (await caller.entries.list({ eventSlug })).zone, event.zone, homeZone];
};

describe("the times of an event are shown", () => {
  it("in its own zone to visitors, and to whoever has set none", async () => {
    const { event, member } = await makeFarEvent();
    const home = Array(4).fill("Europe/Bucharest");
    expect(await zonesFor(null, event.slug)).toEqual(home);
    expect(await zonesFor(member, event.slug)).toEqual(home);
  });

  it("in the reader's zone to whoever has set one; its days stay its own", async () => {
    const { event, member } = await makeFarEvent();
    const zone = "Asia/Kathmandu";
    await (await callAs(member)).persons.change({ name: "Member", zone });
    expect(await zonesFor(member, event.slug)).toEqual([zone, zone, zone, "Europe/Bucharest"]);
    expect((await (await callAs(member)).results.awaiting({ eventSlug: event.slug })).zone).toBe(
      zone,
    );
    expect((await zonesFor(null, event.slug))[0]).toBe("Europe/Bucharest");
  });
});

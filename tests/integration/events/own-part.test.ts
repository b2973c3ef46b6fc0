import { describe, expect, it } from "vitest";
import { db } from "@/lib/db/client";
import { callAs, makeLead, makeMember, makeOrganizer, makePerson } from "@/tests/factories/caller";
import { type MadeEvent, makeEvent } from "@/tests/factories/event";
import { item, push } from "@/tests/factories/push";
import { queriesOf } from "@/tests/factories/queries";

const partOf = async (event: MadeEvent, personId: string | null) =>
  (await callAs(personId)).events.ownPart({ eventSlug: event.slug });

describe("what waits for somebody in an event", () => {
  it("a member is told of cells that others spoke of and their entry did not", async () => {
    const event = await makeEvent();
    const [alpha, beta] = [
      await makeMember(event.entryIds.alpha ?? ""),
      await makeMember(event.entryIds.beta ?? ""),
    ];
    await push(event, await event.tokenOf("alpha"), [item(), item({ test: "C-2" })]);
    await push(event, await event.tokenOf("beta"), [item({ test: "C-2" })]);
    expect(await partOf(event, alpha)).toMatchObject({
      entries: [{ slug: "alpha", awaiting: 0 }],
      requests: null,
    });
    expect(await partOf(event, beta)).toMatchObject({
      entries: [{ slug: "beta", state: "admitted", awaiting: 1 }],
    });
  });

  it("a lead is told of disputes and of names that nobody has mapped", async () => {
    const event = await makeEvent();
    const lead = await makeLead(event.trackId);
    await push(event, await event.tokenOf("alpha"), [item(), item({ test: "what is this?" })]);
    await push(event, await event.tokenOf("beta"), [item({ outcome: "fail" })]);
    expect((await partOf(event, lead)).tracks).toEqual([
      { slug: "calls", title: "Calls", disputed: 1, unmapped: 1 },
    ]);
  });

  it("an organizer is told how many entries wait, and nobody else is", async () => {
    const event = await makeEvent();
    await db.entry.updateMany({
      where: { eventId: event.eventId, slug: "beta" },
      data: { state: "requested" },
    });
    expect(await partOf(event, await makeOrganizer(event.eventId))).toMatchObject({ requests: 1 });
    expect(await partOf(event, await makeLead(event.trackId))).toMatchObject({ requests: null });
  });

  it("who has no part in it is told nothing, of another event's nothing either", async () => {
    const [event, other] = [await makeEvent(), await makeEvent()];
    await push(other, await other.tokenOf("alpha"), [item()]);
    const nothing = { entries: [], tracks: [], requests: null };
    expect(await partOf(event, null)).toEqual(nothing);
    expect(await partOf(event, await makePerson())).toEqual(nothing);
    expect(await partOf(event, await makeMember(other.entryIds.beta ?? ""))).toEqual(nothing);
  });

  it("takes as many queries for three entries as for one", async () => {
    const event = await makeEvent({
      entries: ["alpha", "beta", "gamma"].map((slug) => ({ slug })),
    });
    const one = await makeMember(event.entryIds.alpha ?? "");
    const three = await makePerson();
    for (const entryId of Object.values(event.entryIds))
      await db.entryMember.create({ data: { entryId, personId: three } });
    const count = async (personId: string) => {
      const caller = await callAs(personId);
      return queriesOf(() => caller.events.ownPart({ eventSlug: event.slug }));
    };
    expect([await count(one), await count(three)]).toEqual([4, 4]);
  });
});

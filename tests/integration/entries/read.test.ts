import { describe, expect, it } from "vitest";
import { db } from "@/lib/db/client";
import { callAs, makeMember, makeOrganizer, makePerson } from "@/tests/factories/caller";
import { makeEvent } from "@/tests/factories/event";
import { codeOf } from "@/tests/factories/own-entry";
import { queriesOf } from "@/tests/factories/queries";

const named = (...slugs: string[]) => slugs.map((slug) => ({ slug }));

describe("the entries of an event", () => {
  it("and one of them are read in a fixed number of queries, with 1 entry and with 3", async () => {
    const count = async (slugs: string[]) => {
      const event = await makeEvent({ entries: named(...slugs) });
      const personId = await makeMember(event.entryIds.alpha ?? "");
      for (const id of Object.values(event.entryIds)) await makeMember(id);
      const caller = await callAs(personId);
      const where = { eventSlug: event.slug };
      // Once before: a connection that is opened sends statements of its own.
      await caller.entries.list(where);
      const before = await makeEvent({ phase: "registration" });
      return {
        list: await queriesOf(() => caller.entries.list(where)),
        entry: await queriesOf(() => caller.entries.bySlug({ ...where, entrySlug: "alpha" })),
        joining: await queriesOf(() => caller.entries.joining({ eventSlug: before.slug })),
        invitations: await queriesOf(() => caller.invitations.list(where)),
      };
    };
    const one = await count(["alpha"]);
    // Each with one more for the scope: which event this is.
    expect(one).toEqual({ list: 2, entry: 2, joining: 2, invitations: 2 });
    expect(await count(["alpha", "beta", "gamma"])).toEqual(one);
  });

  it("of a draft do not exist but for those who prepare it", async () => {
    const event = await makeEvent({ phase: "draft" });
    const where = { eventSlug: event.slug };
    const member = await makeMember(event.entryIds.alpha ?? "");
    const organizer = await makeOrganizer(event.eventId);
    const ask = async (id: string | null) => codeOf((await callAs(id)).entries.list(where));
    expect(await Promise.all([null, await makePerson(), member].map(ask))).toEqual([
      "NOT_FOUND",
      "NOT_FOUND",
      "NOT_FOUND",
    ]);
    expect(await ask(organizer)).toBe("done");
  });

  it("show people's addresses to organizers alone", async () => {
    const event = await makeEvent();
    const member = await makeMember(event.entryIds.alpha ?? "");
    const { email } = await db.person.findUniqueOrThrow({ where: { id: member } });
    const organizer = await makeOrganizer(event.eventId);
    const texts = await Promise.all(
      [null, await makePerson(), member, organizer].map(async (id) => {
        const caller = await callAs(id);
        const list = await caller.entries.list({ eventSlug: event.slug });
        const page = await caller.entries.bySlug({ eventSlug: event.slug, entrySlug: "alpha" });
        return JSON.stringify([list, page]).includes(email ?? "");
      }),
    );
    expect(texts).toEqual([false, false, false, true]);
  });

  it("say what the reader may do, as the doors do", async () => {
    const event = await makeEvent({ phase: "review" });
    const where = { eventSlug: event.slug, entrySlug: "alpha" };
    const rights = async (id: string | null) => {
      const { may } = await (await callAs(id)).entries.bySlug(where);
      return Object.entries(may)
        .filter(([, is]) => is)
        .map(([right]) => right);
    };
    expect(await rights(null)).toEqual([]);
    expect(await rights(await makeMember(event.entryIds.beta ?? ""))).toEqual([]);
    expect(await rights(await makeMember(event.entryIds.alpha ?? ""))).toEqual([
      "edit",
      "consent",
      "leave",
      "withdraw",
      "invite",
    ]);
    expect(await rights(await makeOrganizer(event.eventId))).toEqual([
      "edit",
      "withdraw",
      "admit",
      "invite",
    ]);
  });
});

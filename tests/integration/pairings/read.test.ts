import { describe, expect, it } from "vitest";
import { db } from "@/lib/db/client";
import { callAs, makeMember, makeOrganizer, makePerson } from "@/tests/factories/caller";
import { makeEvent } from "@/tests/factories/event";
import { logged, makeBoth } from "@/tests/factories/log";
import { refusal } from "@/tests/factories/own-entry";
import { queriesOf } from "@/tests/factories/queries";

const three = { entries: ["alpha", "beta", "gamma"].map((slug) => ({ slug })) };

describe("what a participant could do next", () => {
  it("is whom to meet in each track, what failed before a new build, what is disputed, how far they are", async () => {
    const event = await makeEvent(three);
    const { ann, bob } = await makeBoth(event);
    await logged(event, ann.id, { outcome: "fail" });
    await logged(event, ann.id, { test: "C-2" });
    await logged(event, bob.id, { test: "C-2", outcome: "fail" });
    await bob.me.entries.addBuild({
      eventSlug: event.slug,
      entrySlug: "beta",
      build: { label: "1.1", note: "", parts: [] },
    });
    const [next, ...others] = await ann.me.pairings.next({ eventSlug: event.slug });
    expect(others).toEqual([]);
    expect(next).toMatchObject({
      entry: { slug: "alpha" },
      disputed: [{ test: { key: "C-2" }, others: ["beta"] }],
      retests: [{ test: { key: "C-1" }, outcome: "fail", moved: [{ name: "beta", build: "1.1" }] }],
      partners: [
        { entry: { slug: "gamma" }, open: 4, must: 4 },
        { entry: { slug: "beta" }, open: 2, must: 2 },
      ],
      progress: [{ possible: 8, executed: 2, confirmed: 0, passed: 0 }],
    });
  });

  it("is of their own entries alone, also in a restricted track, and takes two queries for any of them", async () => {
    const event = await makeEvent({ ...three, restricted: true });
    const { ann, bob } = await makeBoth(event);
    const all = await makePerson();
    for (const entryId of Object.values(event.entryIds))
      await db.entryMember.create({ data: { entryId, personId: all } });
    await logged(event, ann.id, { outcome: "fail" });
    const cat = await callAs(await makeMember(event.entryIds.gamma ?? ""));
    const [next] = await cat.pairings.next({ eventSlug: event.slug });
    expect(next).toMatchObject({ disputed: [], retests: [], progress: [{ executed: 0 }] });
    const count = async (personId: string) => {
      const caller = await callAs(personId);
      return queriesOf(() => caller.pairings.next({ eventSlug: event.slug }));
    };
    expect([await count(bob.id), await count(all)]).toEqual([3, 3]);
  });

  it("is told to nobody else", async () => {
    const event = await makeEvent();
    const ask = async (personId: string | null) =>
      refusal((await callAs(personId)).pairings.next({ eventSlug: event.slug }));
    expect(await ask(null)).toMatch(/^UNAUTHORIZED/);
    expect(await ask(await makePerson())).toMatch(/^FORBIDDEN/);
    expect(await ask(await makeOrganizer(event.eventId))).toMatch(/^FORBIDDEN/);
  });
});

describe("what one chooses from to log a result", () => {
  it("is a track's tests, who plays there with their builds, and what was tried with one's own entry", async () => {
    const event = await makeEvent(three);
    const { ann, bob } = await makeBoth(event);
    const where = { eventSlug: event.slug, trackSlug: "calls" };
    const { cellId } = await logged(event, ann.id);
    const { track, cells, zone } = await ann.me.pairings.choices(where);
    expect(zone).toBe("UTC");
    expect(track.tests.map(({ key }) => key)).toEqual(["C-1", "C-2"]);
    expect(track.players.map(({ slug, isOwn, builds }) => [slug, isOwn, builds])).toEqual([
      ["alpha", true, ["1.0"]],
      ["beta", false, ["1.0"]],
      ["gamma", false, ["1.0"]],
    ]);
    expect(cells.map(({ id }) => id)).toEqual([cellId]);
    const cat = await callAs(await makeMember(event.entryIds.gamma ?? ""));
    expect((await cat.pairings.choices(where)).cells).toEqual([]);
    expect(await bob.me.pairings.tracks({ eventSlug: event.slug })).toEqual([
      { slug: "calls", title: "Calls", entries: [{ slug: "beta", name: "beta" }] },
    ]);
  });

  it("is nothing where none of one's entries plays, or while nothing is logged", async () => {
    const event = await makeEvent();
    const { ann } = await makeBoth(event);
    const where = { eventSlug: event.slug, trackSlug: "calls" };
    await db.entryTrack.deleteMany({ where: { entryId: event.entryIds.alpha ?? "" } });
    expect(await refusal(ann.me.pairings.choices(where))).toMatch(
      /^FORBIDDEN: None of your entries plays in the track 'calls'/,
    );
    await db.interopEvent.update({ where: { id: event.eventId }, data: { phase: "published" } });
    expect(await refusal(ann.me.pairings.choices(where))).toMatch(/^CONFLICT/);
  });
});

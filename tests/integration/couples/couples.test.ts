import { describe, expect, it } from "vitest";
import { coupleWords, turnsIn } from "@/lib/couples/rules";
import { db } from "@/lib/db/client";
import { callAs, makeLead, makeMember, makeOrganizer, makePerson } from "@/tests/factories/caller";
import { type MadeEvent, makeEvent } from "@/tests/factories/event";
import { item, push } from "@/tests/factories/push";
import { queriesOf } from "@/tests/factories/queries";

const CONSENT = { consentNamed: true, consentPassing: true, consentFailing: true };
const THREE = ["alpha", "beta", "gamma"].map((slug) => ({ slug }));
const slugsOf = (event: MadeEvent) => ({
  slug: `beta-${event.slug}`,
  other: `alpha-${event.slug}`,
});

/** What somebody is told of alpha and beta: how many cells, and in the list of alpha's partners. */
async function toldTo(personId: string | null, event: MadeEvent) {
  const caller = await callAs(personId);
  const couple = await caller.couples.byProjects(slugsOf(event));
  const partners = await caller.couples.byProject({ slug: `alpha-${event.slug}` });
  const cells = couple.events.flatMap(({ tracks }) => tracks).flatMap((track) => track.cells);
  return { cells, events: couple.events.length, run: partners.map(({ numbers }) => numbers.run) };
}

const NOTHING = { cells: [], events: 0, run: [] };

/** An earlier or later edition with the projects and the tests of `event`. */
async function editionOf(event: MadeEvent, outcome: string, day: number): Promise<MadeEvent> {
  const edition = await makeEvent({ visibility: "public" });
  await push(edition, await edition.tokenOf(null), [item({ outcome })]);
  for (const slug of ["alpha", "beta"]) {
    const where = { id: event.entryIds[slug] ?? "" };
    const { projectId } = await db.entry.findUniqueOrThrow({ where });
    await db.entry.update({ where: { id: edition.entryIds[slug] ?? "" }, data: { projectId } });
  }
  for (const { key, lineage } of await db.testCase.findMany({ where: { trackId: event.trackId } }))
    await db.testCase.update({
      where: { trackId_key: { trackId: edition.trackId, key } },
      data: { lineage },
    });
  const startsAt = new Date(Date.UTC(2020, 0, day));
  await db.interopEvent.update({ where: { id: edition.eventId }, data: { startsAt } });
  return edition;
}

describe("what two projects have tested together", () => {
  it("is told per event, track and assignment of roles, with outcome, builds and address", async () => {
    const event = await makeEvent({ visibility: "public" });
    await push(event, await event.tokenOf(null), [item(), item({ test: "C-2", outcome: "fail" })]);
    const couple = await (await callAs(null)).couples.byProjects(slugsOf(event));
    expect(couple.projects.map(({ name }) => name)).toEqual(["alpha", "beta"]);
    expect(couple.events).toMatchObject([
      {
        slug: event.slug,
        tracks: [{ slug: "calls", cells: [{ outcome: "pass" }, { outcome: "fail" }] }],
      },
    ]);
    const [cell] = couple.events[0]?.tracks[0]?.cells ?? [];
    expect(cell?.parties.map(({ role, entry, build }) => [role, entry, build])).toEqual([
      ["uac", "alpha", "1.0"],
      ["uas", "beta", "1.0"],
    ]);
    expect(coupleWords(couple)).toBe(
      "Of 2 cells tested together in 1 track of 1 event, 1 passes, 1 fails.",
    );
    expect((await toldTo(null, event)).run).toEqual([2]);
  });

  it("turns between the two newest editions, in the same number of queries for one and for three", async () => {
    const event = await makeEvent({ visibility: "public" });
    await push(event, await event.tokenOf(null), [item()]);
    const caller = await callAs(null);
    const ask = () => caller.couples.byProjects(slugsOf(event));
    const list = () => caller.couples.byProject({ slug: `alpha-${event.slug}` });
    const one = [await queriesOf(ask), await queriesOf(list)];
    const before = await editionOf(event, "fail", 2);
    await editionOf(event, "pass", 1);
    expect([await queriesOf(ask), await queriesOf(list)]).toEqual(one);
    const couple = await ask();
    expect(couple.events).toHaveLength(3);
    expect(turnsIn(couple)).toMatchObject([{ kind: "fixed", before: { event: before.slug } }]);
    expect((await list()).map(({ numbers }) => numbers.run)).toEqual([3]);
  });

  it("is not found for a project that is not there, nor for one with itself", async () => {
    const event = await makeEvent();
    const { slug } = slugsOf(event);
    for (const other of ["nobody-at-all", slug]) {
      const asked = (await callAs(null)).couples.byProjects({ slug, other });
      await expect(asked).rejects.toMatchObject({ code: "NOT_FOUND" });
    }
  });
});

describe("each reader is told what their matrix tells them", () => {
  it("an event that shows its results to its own is told to nobody else", async () => {
    const event = await makeEvent();
    await push(event, await event.tokenOf(null), [item()]);
    expect(await toldTo(null, event)).toEqual(NOTHING);
    expect(await toldTo(await makePerson(), event)).toEqual(NOTHING);
    const own = await toldTo(await makeMember(event.entryIds.alpha ?? ""), event);
    expect([own.cells.length, own.run]).toEqual([1, [1]]);
  });

  it("a draft is told to its organizers alone, though one may show it live", async () => {
    const event = await makeEvent({ visibility: "public" });
    await push(event, await event.tokenOf(null), [item()]);
    await db.interopEvent.update({ where: { id: event.eventId }, data: { phase: "draft" } });
    expect(await toldTo(null, event)).toEqual(NOTHING);
    expect(await toldTo(await makeMember(event.entryIds.alpha ?? ""), event)).toEqual(NOTHING);
    expect((await toldTo(await makeOrganizer(event.eventId), event)).cells).toHaveLength(1);
  });

  it("a restricted track is told to its parties, its leads and the organizers", async () => {
    const event = await makeEvent({ restricted: true, visibility: "public", entries: THREE });
    await push(event, await event.tokenOf(null), [item()]);
    expect(await toldTo(null, event)).toEqual(NOTHING);
    expect(await toldTo(await makeMember(event.entryIds.gamma ?? ""), event)).toEqual(NOTHING);
    const seers = [
      await makeMember(event.entryIds.beta ?? ""),
      await makeLead(event.trackId),
      await makeOrganizer(event.eventId),
    ];
    for (const seer of seers) expect((await toldTo(seer, event)).run).toEqual([1]);
  });

  it("of a published event what its entries agreed to, withheld what they did not, and no word of who is not named", async () => {
    const event = await makeEvent();
    await push(event, await event.tokenOf(null), [item(), item({ test: "C-2", outcome: "fail" })]);
    await db.interopEvent.update({ where: { id: event.eventId }, data: { phase: "published" } });
    const agree = (data: object) =>
      db.entry.updateMany({ where: { eventId: event.eventId }, data: { ...CONSENT, ...data } });

    await agree({});
    expect((await toldTo(null, event)).run).toEqual([2]);
    await agree({ consentFailing: false });
    const told = await toldTo(null, event);
    expect(told.cells.map(({ state }) => state)).toEqual([told.cells[0]?.state, "withheld"]);
    expect(Object.keys(told.cells[1] ?? {})).toEqual(["test", "lineage", "parties", "state"]);
    expect(told.run).toEqual([1]);
    await agree({});
    await db.entry.update({
      where: { id: event.entryIds.alpha ?? "" },
      data: { consentNamed: false },
    });
    expect(await toldTo(null, event)).toEqual(NOTHING);
    const own = await toldTo(await makeMember(event.entryIds.beta ?? ""), event);
    expect([own.cells.length, own.run]).toEqual([2, [2]]);
  });
});

import { describe, expect, it } from "vitest";
import { db } from "@/lib/db/client";
import type { Counts } from "@/lib/matrices/schema";
import { callAs, makeLead, makeMember, makeOrganizer, makePerson } from "@/tests/factories/caller";
import { type MadeEvent, makeEvent, makeTest } from "@/tests/factories/event";
import { item, push } from "@/tests/factories/push";
import { queriesOf } from "@/tests/factories/queries";

const role = (key: string, min = 1, max = 1) => ({ key, min, max });
const TESTS = [
  makeTest("C-1", { variants: { transport: ["udp", "tcp"] } }),
  makeTest("C-2", { directional: false }),
  makeTest("C-3", { roles: [role("uac"), role("uas"), role("proxy", 0)] }),
  makeTest("C-4", { kind: "solo", roles: [role("uas")] }),
  makeTest("C-5", { kind: "group", roles: [role("uac"), role("uas"), role("proxy")] }),
];
const ENTRIES = [
  { slug: "alpha" },
  { slug: "beta" },
  { slug: "gamma", roles: ["uas", "proxy"] },
  { slug: "delta", roles: ["proxy"] },
];

const parties = (uac: string | null, uas: string, proxy?: string) =>
  Object.entries({ uac, uas, proxy })
    .filter(([, entry]) => entry)
    .map(([key, entry]) => ({ role: key, entry, build: "1.0" }));

async function makePushed(): Promise<MadeEvent> {
  const event = await makeEvent({ tests: TESTS, entries: ENTRIES });
  const udp = { variant: { transport: "udp" } };
  await push(event, await event.tokenOf(null), [
    item({ ...udp, parties: parties("alpha", "beta") }),
    item({ ...udp, parties: parties("beta", "alpha"), outcome: "fail" }),
    item({ ...udp, parties: parties("alpha", "alpha") }),
    item({ test: "C-2", parties: parties("beta", "alpha"), outcome: "timeout" }),
    // One constellation of the required roles with three thirds: counted once, as its best.
    item({ test: "C-3", parties: parties("alpha", "beta"), outcome: "fail" }),
    item({ test: "C-3", parties: parties("alpha", "beta", "gamma") }),
    item({ test: "C-3", parties: parties("alpha", "beta", "delta"), outcome: "error" }),
    item({ test: "C-4", parties: parties(null, "gamma"), outcome: "fail" }),
    item({ test: "C-5", parties: parties("alpha", "gamma", "delta") }),
    item({ test: "C-5", parties: parties("alpha", "gamma", "gamma") }),
    item({ test: "C-5", parties: parties("alpha", "beta", "gamma"), outcome: "skipped" }),
  ]);
  await push(event, await event.tokenOf("alpha"), [
    item({ variant: { transport: "tcp" }, parties: parties("alpha", "beta") }),
    item({ ...udp, parties: parties("alpha", "beta"), outcome: "fail" }),
  ]);
  return event;
}

const KEYS = ["possible", "applicable", "executed", "confirmed", "passed"] as const;
const numbersOf = (counts: Counts) => KEYS.map((key) => counts[key]);

async function bothNumbers({ slug }: MadeEvent, personId: string) {
  const caller = await callAs(personId);
  const { matrix } = await caller.matrices.byTrack({ eventSlug: slug, trackSlug: "calls" });
  const { trackLines } = await caller.events.byName({ eventSlug: slug });
  const sums = KEYS.map((key) => matrix.grids.reduce((sum, { counts }) => sum + counts[key], 0));
  const [line] = trackLines;
  return { sums, told: line?.progress ? numbersOf(line.progress) : null, progress: line?.progress };
}

describe("the progress of a track on the event's page", () => {
  it("is what its matrix says, each number inside the one before", async () => {
    const event = await makePushed();
    const organizer = await makeOrganizer(event.eventId);
    const { sums, told, progress } = await bothNumbers(event, organizer);
    expect(told).toEqual(sums);
    expect(told).toEqual([...(told ?? [])].sort((a, b) => b - a));
    expect(progress).toMatchObject({ disputed: 1, latestAt: "2026-11-20T10:00:01.000Z" });
    expect(progress?.executed).toBe(7);
  });

  it("stays so when a test is retired, a role is given up and an entry withdraws", async () => {
    const event = await makePushed();
    const organizer = await makeOrganizer(event.eventId);
    await db.testCase.updateMany({
      where: { trackId: event.trackId, key: "C-2" },
      data: { retiredAt: new Date() },
    });
    await db.entryTrack.updateMany({
      where: { entryId: event.entryIds.beta ?? "" },
      data: { roles: ["proxy"] },
    });
    const given = await bothNumbers(event, organizer);
    expect(given.told).toEqual(given.sums);
    await db.entry.update({
      where: { id: event.entryIds.alpha ?? "" },
      data: { state: "withdrawn" },
    });
    const gone = await bothNumbers(event, organizer);
    expect(gone.told).toEqual(gone.sums);
  });

  it("is told of a restricted track to its leads and the organizers only", async () => {
    const event = await makeEvent({ restricted: true, visibility: "public" });
    const told = async (personId: string | null) => {
      const { trackLines } = await (await callAs(personId)).events.byName({
        eventSlug: event.slug,
      });
      return trackLines.map(({ progress }) => progress?.possible ?? null);
    };
    const party = await makeMember(event.entryIds.alpha ?? "");
    for (const personId of [null, await makePerson(), party]) {
      expect(await told(personId)).toEqual([null]);
    }
    for (const personId of [await makeLead(event.trackId), await makeOrganizer(event.eventId)]) {
      expect(await told(personId)).toEqual([4]);
    }
  });

  it("takes as many queries for many entries as for one", async () => {
    const small = await makeEvent({ entries: [{ slug: "alpha" }] });
    const large = await makePushed();
    const count = async (event: MadeEvent) => {
      const caller = await callAs(await makeOrganizer(event.eventId));
      return queriesOf(() => caller.events.byName({ eventSlug: event.slug }));
    };
    expect([await count(small), await count(large)]).toEqual([6, 6]);
  });
});

import { describe, expect, it } from "vitest";
import { loadPersonActor } from "@/lib/auth/actor";
import { grant } from "@/lib/auth/permit";
import { loadScope } from "@/lib/auth/scope";
import { db } from "@/lib/db/client";
import { loadBoard } from "@/lib/kiosks/read";
import { numbersIn } from "@/lib/rollups/rules";
import { catalogueTrackSchema } from "@/lib/tracks/schema";
import { addTrack } from "@/lib/tracks/write/add";
import { callAs, makeLead, makeMember, makeOrganizer, makePerson } from "@/tests/factories/caller";
import { type MadeEvent, makeEvent, makeTest } from "@/tests/factories/event";
import { between, push } from "@/tests/factories/push";
import { queriesOf } from "@/tests/factories/queries";

const ENTRIES = ["alpha", "beta", "gamma"].map((slug) => ({ slug }));

/** Another track after `calls`, without results. */
async function addSecret(event: MadeEvent) {
  const scope = await loadScope(event.slug, undefined);
  const track = catalogueTrackSchema.parse({
    ...{ slug: "secret", title: "Secret", intro: "Not for all.", restricted: true },
    roles: [{ key: "uas", label: "User agent server" }],
    tests: [makeTest("S-1", { kind: "solo", roles: [{ key: "uas", min: 1, max: 1 }] })],
  });
  const permit = grant({ kind: "operator" }, "event.prepare", scope);
  return addTrack(permit, track, { position: 1 });
}

const boardOf = async (personId: string | null, event: MadeEvent, track?: string) =>
  (await callAs(personId)).kiosks.board({ eventSlug: event.slug, track });

async function live(event: MadeEvent) {
  await push(event, await event.tokenOf("alpha"), [between("alpha", "beta")]);
  await push(event, await event.tokenOf(null), [between("beta", "gamma", { outcome: "fail" })]);
}

describe("what a screen in a room shows", () => {
  it("is a track as its matrix has it, what changed, and who is at it", async () => {
    const event = await makeEvent({ entries: ENTRIES });
    await live(event);
    const organizer = await makeOrganizer(event.eventId);
    const { track, tracks } = await boardOf(organizer, event);
    const where = { eventSlug: event.slug, trackSlug: "calls" };
    const { matrix, version, sight } = await (await callAs(organizer)).matrices.byTrack(where);
    expect(tracks).toEqual([{ slug: "calls", title: "Calls" }]);
    expect(track).toMatchObject({ grids: matrix.grids, version, sight, phase: "testing" });
    expect(track).toMatchObject({ rolled: null, labels: { uac: "User agent client" } });
    expect(track?.recent.map(({ test, who, said }) => [test, who, said.outcome])).toEqual([
      ["C-1", "beta, gamma", "fail"],
      ["C-1", "alpha, beta", "pass"],
    ]);
    expect(track?.now.toSorted()).toEqual(["alpha, beta", "beta, gamma"]);
  });

  it("nobody is at it whose run has ended or has long been silent, and what is long past is no news", async () => {
    const event = await makeEvent({ entries: ENTRIES });
    await live(event);
    const organizer = await makeOrganizer(event.eventId);
    await db.run.updateMany({ where: { eventId: event.eventId }, data: { state: "complete" } });
    expect((await boardOf(organizer, event)).track).toMatchObject({ now: [] });
    await db.run.updateMany({ where: { eventId: event.eventId }, data: { state: "open" } });
    const actor = await loadPersonActor(organizer);
    const permit = grant(actor, "matrix.view", await loadScope(event.slug, undefined));
    const after = (minutes: number) => new Date(Date.now() + minutes * 60_000);
    const told = async (minutes: number) => {
      const { track } = await loadBoard(permit, undefined, after(minutes));
      return [track?.now.length, track?.recent.length];
    };
    expect([await told(4), await told(6), await told(16)]).toEqual([
      [2, 2],
      [0, 2],
      [0, 0],
    ]);
  });

  it("goes round the tracks that its reader may see", async () => {
    const event = await makeEvent({ entries: ENTRIES, visibility: "public" });
    const secretId = await addSecret(event);
    await live(event);
    const seen = async (personId: string | null) => {
      const { tracks } = await boardOf(personId, event);
      return tracks.map(({ slug }) => slug);
    };
    expect(await seen(null)).toEqual(["calls"]);
    expect(await seen(await makePerson())).toEqual(["calls"]);
    expect(await seen(await makeMember(event.entryIds.alpha ?? ""))).toEqual(["calls"]);
    expect(await seen(await makeLead(event.trackId))).toEqual(["calls"]);
    expect(await seen(await makeLead(secretId))).toEqual(["calls", "secret"]);
    expect(await seen(await makeOrganizer(event.eventId))).toEqual(["calls", "secret"]);
    await db.entryTrack.create({
      data: { entryId: event.entryIds.beta ?? "", trackId: secretId, roles: ["uas"] },
    });
    expect(await seen(await makeMember(event.entryIds.beta ?? ""))).toEqual(["calls", "secret"]);
    // One that may not be seen is as one that is not there: the first one's turn.
    expect((await boardOf(null, event, "secret")).track?.slug).toBe("calls");
    expect((await boardOf(null, event, "nowhere")).track?.slug).toBe("calls");
    expect((await boardOf(await makeLead(secretId), event, "secret")).track?.slug).toBe("secret");
  });

  it("of a restricted track is the reader's own part, its news too", async () => {
    const event = await makeEvent({ entries: ENTRIES, restricted: true, visibility: "public" });
    await live(event);
    const { track } = await boardOf(await makeMember(event.entryIds.alpha ?? ""), event);
    expect(track?.grids.flatMap(({ cells }) => cells)).toHaveLength(1);
    expect([track?.recent.map(({ who }) => who), track?.now]).toEqual([
      ["alpha, beta"],
      ["alpha, beta"],
    ]);
    expect(await boardOf(null, event)).toEqual({ tracks: [], track: null });
  });

  it("of a published event names nobody who did not agree to it", async () => {
    const event = await makeEvent({ entries: ENTRIES });
    await live(event);
    await db.entry.updateMany({
      where: { eventId: event.eventId, slug: { not: "gamma" } },
      data: { consentNamed: true, consentPassing: true },
    });
    await db.interopEvent.update({ where: { id: event.eventId }, data: { phase: "published" } });
    const board = await boardOf(null, event);
    expect(JSON.stringify(board)).not.toMatch(/gamma|fail/);
    expect(board.track?.recent.map(({ who }) => who)).toEqual(["alpha, beta"]);
  });

  it("is for those who see the event's results", async () => {
    const event = await makeEvent();
    const other = await makeEvent();
    await expect(boardOf(null, event)).rejects.toMatchObject({ code: "UNAUTHORIZED" });
    const foreigner = await makeMember(other.entryIds.alpha ?? "");
    await expect(boardOf(foreigner, event)).rejects.toMatchObject({ code: "FORBIDDEN" });
    await db.interopEvent.update({ where: { id: event.eventId }, data: { phase: "draft" } });
    await expect(boardOf(foreigner, event)).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  it("of a matrix too large for a table is what the role pairs say", async () => {
    const more = Array.from({ length: 43 }, (_, at) => ({ slug: `e-${at}` }));
    const event = await makeEvent({ entries: [...ENTRIES, ...more] });
    await live(event);
    const { track } = await boardOf(await makeOrganizer(event.eventId), event);
    expect(track?.grids.map(({ cells }) => cells)).toEqual([[]]);
    const rollup = track?.rolled?.["uac+uas"];
    expect(rollup && numbersIn(rollup)).toMatchObject({ told: 2, alone: 1, broken: 1 });
    expect(track?.recent.map(({ who }) => who)).toEqual(["beta, gamma", "alpha, beta"]);
  });

  it("takes the same number of queries for one entry as for many", async () => {
    const small = await makeEvent({ entries: ENTRIES.slice(0, 1) });
    const large = await makeEvent({ entries: ENTRIES });
    await addSecret(large);
    await live(large);
    const count = async (event: MadeEvent) => {
      const caller = await callAs(await makeOrganizer(event.eventId));
      return queriesOf(() => caller.kiosks.board({ eventSlug: event.slug }));
    };
    expect([await count(small), await count(large)]).toEqual([6, 6]);
  });
});

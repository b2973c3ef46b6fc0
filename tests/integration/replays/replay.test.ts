import { describe, expect, it } from "vitest";
import { db } from "@/lib/db/client";
import type { Matrix } from "@/lib/matrices/schema";
import { foldReplay, stepsUntil } from "@/lib/replays/rules";
import type { Replay } from "@/lib/replays/schema";
import { callAs, makeLead, makeMember, makeOrganizer, makePerson } from "@/tests/factories/caller";
import { type MadeEvent, makeEvent, makeTest } from "@/tests/factories/event";
import { between, push } from "@/tests/factories/push";
import { queriesOf } from "@/tests/factories/queries";

const ENTRIES = ["alpha", "beta", "gamma"].map((slug) => ({ slug }));

const whereOf = (event: MadeEvent) => ({ eventSlug: event.slug, trackSlug: "calls" });

async function replayOf(personId: string | null, event: MadeEvent): Promise<Replay> {
  const page = await (await callAs(personId)).replays.byTrack(whereOf(event));
  if (page.told !== "all") throw new Error("Only days are told.");
  return page.replay;
}

/** A week in four pushes: claims, a confirmation, the same once more, and what went wrong. */
async function live(event: MadeEvent) {
  const [neutral, alpha] = [await event.tokenOf(null), await event.tokenOf("alpha")];
  const first = between("alpha", "beta");
  await push(event, alpha, [first, between("alpha", "gamma", { outcome: "timeout" })]);
  await push(event, neutral, [between("alpha", "beta"), between("beta", "gamma", { test: "C-2" })]);
  await push(event, neutral, [between("beta", "gamma", { test: "C-2" })]);
  await push(event, alpha, [
    between("alpha", "beta", { outcome: "fail", startedAt: "2026-11-20T11:00:00.000Z" }),
  ]);
  // A position counts once nothing older is open, in whatever database of the server.
  await expect.poll(isSettled).toBe(true);
}

async function isSettled() {
  const [row] = await db.$queryRaw<{ settled: boolean }[]>`
    SELECT coalesce(max(xid::text::numeric), 0) < min(pg_snapshot_xmin(pg_current_snapshot())::text::numeric) AS settled FROM event_log`;
  return row?.settled;
}

/** What a matrix says, by names and not by places. */
const saidIn = ({ grids }: Pick<Matrix, "grids">) =>
  grids.map(({ rows, columns, tests, cells, counts }) => ({
    counts,
    cells: cells
      .map(({ row, column, test, ...cell }) => ({
        ...cell,
        place: [rows[row]?.entry, columns[column ?? -1]?.entry, tests[test]?.key],
      }))
      .map((cell) => JSON.stringify(Object.entries(cell).sort()))
      .sort(),
  }));

/** At every position about a replay's steps it says what the matrix says of that position. */
async function expectAsOf(personId: string | null, event: MadeEvent) {
  const replay = await replayOf(personId, event);
  const caller = await callAs(personId);
  const positions = replay.steps.flatMap(([position]) => [
    String(BigInt(position) - 1n),
    position,
    String(BigInt(position) + 1n),
  ]);
  for (const asOf of ["0", ...positions]) {
    const { matrix } = await caller.matrices.page({ ...whereOf(event), view: {}, asOf });
    const folded = foldReplay(replay, stepsUntil(replay, asOf));
    expect(saidIn({ grids: folded })).toEqual(saidIn(matrix));
  }
  return replay;
}

describe("a replay", () => {
  it("is at every position what the matrix was then", async () => {
    const event = await makeEvent({ entries: ENTRIES });
    await live(event);
    const organizer = await makeOrganizer(event.eventId);
    const { steps, places } = await expectAsOf(organizer, event);
    expect(steps).toHaveLength(4);
    expect(places).toHaveLength(3);
    expect(steps.every(([, at]) => at <= Date.now() && at > Date.now() - 600_000)).toBe(true);
  });

  it("has its days in the event's zone, each with the position at its end", async () => {
    const event = await makeEvent({ entries: ENTRIES });
    await live(event);
    const caller = await callAs(await makeOrganizer(event.eventId));
    const { zone, days, roleLabels } = await caller.replays.byTrack(whereOf(event));
    const { steps } = await replayOf(await makeOrganizer(event.eventId), event);
    expect({ zone, end: days.at(-1)?.position }).toEqual({
      zone: "UTC",
      end: steps.at(-1)?.[0],
    });
    expect(roleLabels.uac).toBe("User agent client");
  });

  it("of an event without results is empty", async () => {
    const event = await makeEvent();
    const replay = await replayOf(await makeOrganizer(event.eventId), event);
    expect([replay.steps, replay.changes, replay.frames.length]).toEqual([[], [], 1]);
  });

  it("is seen by those who see the matrix", async () => {
    const event = await makeEvent({ entries: ENTRIES });
    await live(event);
    const asks = async (personId: string | null) =>
      replayOf(personId, event).then(
        ({ steps }) => steps.length,
        (error: { code: string }) => error.code,
      );
    const other = await makeEvent();
    expect(await asks(null)).toBe("UNAUTHORIZED");
    expect(await asks(await makePerson())).toBe("FORBIDDEN");
    expect(await asks(await makeMember(other.entryIds.alpha ?? ""))).toBe("FORBIDDEN");
    expect(await asks(await makeMember(event.entryIds.gamma ?? ""))).toBe(4);
    const visitor = await callAs(null);
    await expect(
      visitor.replays.byTrack({ eventSlug: event.slug, trackSlug: "nowhere" }),
    ).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  it("of a restricted track has the reader's own cells and their moments, and no others", async () => {
    const event = await makeEvent({ entries: ENTRIES, restricted: true, visibility: "public" });
    await live(event);
    const gamma = await makeMember(event.entryIds.gamma ?? "");
    const own = await expectAsOf(gamma, event);
    expect(own.places).toHaveLength(2);
    // Of the fourth push, between the two others, nothing is told: not even when it was.
    expect(own.steps).toHaveLength(3);
    expect((await expectAsOf(await makeLead(event.trackId), event)).steps).toHaveLength(4);
    await expect(replayOf(null, event)).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(replayOf(await makePerson(), event)).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  it("of a published event tells what its entries agreed to, at every moment", async () => {
    const event = await makeEvent({ entries: ENTRIES });
    await live(event);
    const member = await makeMember(event.entryIds.gamma ?? "");
    await db.entry.updateMany({
      where: { eventId: event.eventId },
      data: { consentNamed: true, consentPassing: true },
    });
    await db.entry.updateMany({
      where: { eventId: event.eventId, slug: "gamma" },
      data: { consentNamed: false },
    });
    await db.interopEvent.update({ where: { id: event.eventId }, data: { phase: "published" } });
    const replay = await expectAsOf(null, event);
    expect(JSON.stringify(replay)).not.toMatch(/gamma|timeout|fail/);
    // alpha with beta passed, which is told, and failed after that, which is not.
    expect(replay.places.filter(({ told }) => told !== null)).toHaveLength(1);
    expect(replay.places.filter(({ told }) => told === null)).toHaveLength(3);
    expect(JSON.stringify(await expectAsOf(member, event))).toMatch(/gamma.*timeout/);
  });

  it("keeps to what was there of a test that is retired, as the matrix does", async () => {
    const event = await makeEvent({ entries: ENTRIES });
    await live(event);
    await db.testCase.updateMany({
      where: { trackId: event.trackId, key: "C-2" },
      data: { retiredAt: new Date() },
    });
    const { places } = await expectAsOf(await makeOrganizer(event.eventId), event);
    expect(places).toHaveLength(2);
  });

  it("of a matrix too large for a table tells days alone", async () => {
    const more = Array.from({ length: 43 }, (_, at) => ({ slug: `e-${at}` }));
    const event = await makeEvent({
      entries: [...ENTRIES, ...more],
      tests: [makeTest("C-1"), makeTest("C-2")],
      restricted: true,
    });
    await live(event);
    const ask = async (personId: string) =>
      (await callAs(personId)).replays.byTrack(whereOf(event));
    const page = await ask(await makeOrganizer(event.eventId));
    expect(page).toMatchObject({ told: "days", days: [{ position: expect.any(String) }] });
    const apart = await ask(await makeMember(event.entryIds["e-7"] ?? ""));
    expect(apart).toMatchObject({ told: "days", days: [] });
    const [{ position: asOf } = { position: "" }] = page.days;
    const caller = await callAs(await makeOrganizer(event.eventId));
    const at = await caller.matrices.page({ ...whereOf(event), view: { rows: ["alpha"] }, asOf });
    expect(at.matrix.grids[0]?.cells).toHaveLength(2);
  });

  it("takes the same number of queries for one entry as for many", async () => {
    const small = await makeEvent({ entries: ENTRIES.slice(0, 1) });
    const large = await makeEvent({ entries: ENTRIES });
    await live(large);
    const count = async (event: MadeEvent) => {
      const caller = await callAs(await makeOrganizer(event.eventId));
      return queriesOf(() => caller.replays.byTrack(whereOf(event)));
    };
    expect([await count(small), await count(large)]).toEqual([4, 4]);
  });
});

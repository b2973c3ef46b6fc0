import { describe, expect, it } from "vitest";
import { database, db } from "@/lib/db/client";
import { callAs, makeMember, makePerson } from "@/tests/factories/caller";
import { type MadeEvent, makeEvent } from "@/tests/factories/event";
import { item, push } from "@/tests/factories/push";
import { queriesOf } from "@/tests/factories/queries";

const where = (event: { slug: string }) => ({ eventSlug: event.slug, trackSlug: "calls" });
const ENTRIES = ["alpha", "beta", "gamma"].map((slug) => ({ slug }));

const said = (build: string, over: Record<string, unknown> = {}) =>
  item({
    parties: [
      { role: "uac", entry: "alpha", build },
      { role: "uas", entry: "beta", build: "1.0" },
    ],
    ...over,
  });

const others = (over: Record<string, unknown> = {}) =>
  item({
    parties: [
      { role: "uac", entry: "gamma", build: "1.0" },
      { role: "uas", entry: "beta", build: "1.0" },
    ],
    ...over,
  });

/** alpha's 1.0 passes C-1 and fails C-2; its 2.0 does the contrary; gamma and beta are by the way. */
async function makeTwoBuilds(over: Parameters<typeof makeEvent>[0] = {}): Promise<MadeEvent> {
  const event = await makeEvent({ entries: ENTRIES, ...over });
  await push(event, await event.tokenOf(null), [
    said("1.0", { test: "C-1", startedAt: "2026-11-20T10:00:01.000Z" }),
    said("1.0", { test: "C-2", startedAt: "2026-11-20T10:00:02.000Z", outcome: "fail" }),
    said("2.0", { test: "C-1", startedAt: "2026-11-20T11:00:01.000Z", outcome: "fail" }),
    said("2.0", { test: "C-2", startedAt: "2026-11-20T11:00:02.000Z" }),
    others({ test: "C-1" }),
  ]);
  return event;
}

async function sideOf(event: MadeEvent, slug: string, label: string): Promise<string> {
  const entryId = event.entryIds[slug] ?? "";
  const { id } = await db.build.findUniqueOrThrow({ where: { entryId_label: { entryId, label } } });
  return `build:${slug}@${id}`;
}

/** So many more results like the one that began then. */
async function repeatResult({ trackId }: MadeEvent, startedAt: string, count: number) {
  const { pool } = database();
  const { rows } = await pool.query<{ name: string }>(
    "SELECT column_name AS name FROM information_schema.columns WHERE table_name = 'result' AND column_name NOT IN ('id', 'seq')",
  );
  const columns = rows.map(({ name }) => name).join(", ");
  await pool.query(
    `INSERT INTO result (id, ${columns}) SELECT gen_random_uuid(), ${columns}
     FROM result CROSS JOIN generate_series(1, $3) WHERE track_id = $1 AND started_at = $2`,
    [trackId, startedAt, count],
  );
}

const memberOf = async (event: MadeEvent, slug: string) =>
  callAs(await makeMember(event.entryIds[slug] ?? ""));

describe("two builds of an entry", () => {
  it("each is folded from the results in which the entry ran it, and no other entry's cells count", async () => {
    const event = await makeTwoBuilds();
    const caller = await memberOf(event, "alpha");
    const [from, to] = [await sideOf(event, "alpha", "1.0"), await sideOf(event, "alpha", "2.0")];
    const { diff } = await caller.diffs.byTrack({ ...where(event), from, to });
    expect(diff).toMatchObject({ compared: 2, same: 0, from: { side: from }, to: { side: to } });
    expect(diff.counts).toEqual({ regressed: 1, fixed: 1, changed: 0, new: 0, gone: 0 });
    const back = await caller.diffs.byTrack({ ...where(event), from: to, to: from });
    expect(back.diff.counts).toEqual(diff.counts);
  });

  it("the build that was tested last says what the entry's cells say now, and so does an only one", async () => {
    const event = await makeTwoBuilds();
    const caller = await memberOf(event, "alpha");
    for (const [slug, label, cells] of [
      ["alpha", "2.0", 2],
      ["beta", "1.0", 3],
      ["gamma", "1.0", 1],
    ] as const) {
      const from = await sideOf(event, slug, label);
      const { diff } = await caller.diffs.byTrack({ ...where(event), from, to: "now" });
      expect(diff).toMatchObject({ compared: cells, same: cells });
    }
  });

  it("what was retracted is not heard", async () => {
    const event = await makeEvent({ entries: ENTRIES });
    const token = await event.tokenOf(null);
    const gone = said("2.0");
    await push(event, token, [said("1.0"), gone]);
    await push(event, token, [said("2.0", { supersedes: gone.id, void: true })]);
    const caller = await memberOf(event, "alpha");
    const from = await sideOf(event, "alpha", "2.0");
    const asked = caller.diffs.byTrack({ ...where(event), from });
    await expect(asked).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect((await caller.diffs.byTrack(where(event))).builds).toEqual([]);
  });

  it("entries with two builds that have results are offered, the older build first", async () => {
    const event = await makeTwoBuilds();
    await db.build.create({ data: { entryId: event.entryIds.gamma ?? "", label: "unused" } });
    const { builds } = await (await memberOf(event, "gamma")).diffs.byTrack(where(event));
    const sides = [await sideOf(event, "alpha", "1.0"), await sideOf(event, "alpha", "2.0")];
    expect(builds.flatMap((entry) => entry.builds.map(({ side }) => side))).toEqual(sides);
  });

  it("takes the same number of queries for few cells and for more", async () => {
    const counts: number[] = [];
    for (const tests of [["C-1"], ["C-1", "C-2"]]) {
      const event = await makeEvent({ entries: ENTRIES });
      await push(
        event,
        await event.tokenOf(null),
        tests.map((test) => said("1.0", { test })),
      );
      const caller = await memberOf(event, "alpha");
      const from = await sideOf(event, "alpha", "1.0");
      counts.push(await queriesOf(() => caller.diffs.byTrack({ ...where(event), from })));
    }
    expect(counts[0]).toBe(counts[1]);
  });
});

describe("who may compare builds", () => {
  it("a build of nobody, of another entry or another event is not there", async () => {
    const event = await makeTwoBuilds();
    const caller = await memberOf(event, "alpha");
    const own = (await sideOf(event, "alpha", "1.0")).split("@")[1];
    const foreign = await sideOf(await makeTwoBuilds(), "alpha", "1.0");
    const nobody = "build:alpha@00000000-0000-4000-8000-000000000000";
    for (const from of [nobody, `build:beta@${own}`, `build:nobody@${own}`, foreign]) {
      const asked = caller.diffs.byTrack({ ...where(event), from });
      await expect(asked).rejects.toMatchObject({ code: "NOT_FOUND" });
    }
  });

  it("a build with more results than are folded while somebody waits is refused, in words", async () => {
    const event = await makeTwoBuilds();
    const caller = await memberOf(event, "alpha");
    const from = await sideOf(event, "alpha", "1.0");
    await repeatResult(event, "2026-11-20T10:00:01.000Z", 100_000);
    const asked = caller.diffs.byTrack({ ...where(event), from });
    await expect(asked).rejects.toMatchObject({
      code: "PAYLOAD_TOO_LARGE",
      message: expect.stringContaining(
        "more than 100000 results in this track: compare two moments",
      ),
    });
  });

  it("in a restricted track only of who shares a cell with the reader, and only from those cells", async () => {
    const event = await makeTwoBuilds({ restricted: true, visibility: "public" });
    const from = await sideOf(event, "alpha", "1.0");
    const beta = await memberOf(event, "beta");
    expect((await beta.diffs.byTrack({ ...where(event), from })).builds).toHaveLength(1);
    const gamma = await memberOf(event, "gamma");
    expect((await gamma.diffs.byTrack(where(event))).builds).toEqual([]);
    const asked = gamma.diffs.byTrack({ ...where(event), from });
    await expect(asked).rejects.toMatchObject({ code: "NOT_FOUND" });
    const shared = await sideOf(event, "beta", "1.0");
    const { diff } = await gamma.diffs.byTrack({ ...where(event), from: shared, to: "now" });
    expect(diff).toMatchObject({ compared: 1, same: 1 });
    const stranger = (await callAs(await makePerson())).diffs.byTrack({ ...where(event), from });
    await expect(stranger).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  it("once published, of an entry that agreed to be named and shown", async () => {
    const event = await makeTwoBuilds();
    const where_ = { eventId: event.eventId };
    await db.interopEvent.update({ where: { id: event.eventId }, data: { phase: "published" } });
    const visitor = await callAs(null);
    const [from, to] = [await sideOf(event, "alpha", "1.0"), await sideOf(event, "alpha", "2.0")];
    await db.entry.updateMany({ where: where_, data: { consentNamed: true } });
    expect((await visitor.diffs.byTrack(where(event))).builds).toEqual([]);
    const asked = visitor.diffs.byTrack({ ...where(event), from, to });
    await expect(asked).rejects.toMatchObject({ code: "NOT_FOUND" });
    await db.entry.updateMany({ where: where_, data: { consentPassing: true } });
    const { diff } = await visitor.diffs.byTrack({ ...where(event), from, to });
    // What passed on one build has failed on the other, which nobody agreed to show.
    expect(diff).toMatchObject({ compared: 0, withheld: 2, cells: [] });
  });
});

import { describe, expect, it } from "vitest";
import { GET as json } from "@/app/api/v1/events/[eventSlug]/tracks/[trackSlug]/matrix-diff.json/route";
import { db } from "@/lib/db/client";
import { callAs, makeLead, makeMember, makeOrganizer, makePerson } from "@/tests/factories/caller";
import { type MadeEvent, makeEvent, makeTest } from "@/tests/factories/event";
import { item, params, push, request } from "@/tests/factories/push";

const where = (event: { slug: string }) => ({ eventSlug: event.slug, trackSlug: "calls" });
const tests = ["C-1", "C-2", "C-3", "C-4"].map((key) => makeTest(key));

/** C-1 and C-2 pass, C-3 fails last, as a neutral harness says; the lead, and the position after it. */
async function expecting(event: MadeEvent) {
  const token = await event.tokenOf(null);
  const last = item({ test: "C-3", outcome: "fail" });
  await push(event, token, [item({ test: "C-1" }), item({ test: "C-2" }), last]);
  const lead = await callAs(await makeLead(event.trackId));
  const { matrix } = await lead.matrices.byTrack(where(event));
  return { token, lead, position: matrix.asOf, last };
}

const compare = async (event: MadeEvent, caller: Awaited<ReturnType<typeof callAs>>) =>
  caller.diffs.byTrack({ ...where(event), from: "baseline" });

describe("the expected baseline of a track", () => {
  it("is taken from a moment, and every later matrix is compared with it", async () => {
    const event = await makeEvent({ tests });
    const { token, lead, position } = await expecting(event);
    expect(await lead.baselines.take({ ...where(event), taking: { position } })).toBe(3);
    const [same, member] = [
      await compare(event, lead),
      await callAs(await makeMember(event.entryIds.alpha ?? "")),
    ];
    expect(same.diff).toMatchObject({ compared: 3, same: 3, from: { side: "baseline" } });
    expect(same).toMatchObject({ baseline: { position }, maySetBaseline: true });

    await push(event, token, [
      item({ test: "C-1", outcome: "fail", attempt: 2 }),
      item({ test: "C-3", attempt: 2 }),
      item({ test: "C-4" }),
    ]);
    const { diff, maySetBaseline } = await compare(event, member);
    expect(maySetBaseline).toBe(false);
    expect(diff.counts).toEqual({ regressed: 1, fixed: 1, changed: 0, new: 1, gone: 0 });
    expect(diff.cells[0]).toMatchObject({
      kind: "regressed",
      test: "C-1",
      before: { state: "expected", outcome: "pass", latestAt: null },
      after: { outcome: "fail" },
    });
    const address = `events/${event.slug}/tracks/calls/matrix-diff.json?from=baseline`;
    const answer = await json(request(address, "GET", { token }), params(where(event)));
    expect(await answer.json()).toMatchObject({ counts: diff.counts, cells: diff.cells });
  });

  it("of an earlier moment than the last is what stood then", async () => {
    const event = await makeEvent({ tests });
    const { token, lead, position } = await expecting(event);
    await push(event, token, [item({ test: "C-1", outcome: "fail", attempt: 2 })]);
    expect(await lead.baselines.take({ ...where(event), taking: { position } })).toBe(3);
    const { diff } = await compare(event, lead);
    expect(diff.counts).toMatchObject({ regressed: 1 });
  });

  it("takes no dispute, and a dispute differs from what is expected", async () => {
    const event = await makeEvent({ tests });
    const { token, lead, position } = await expecting(event);
    await lead.baselines.take({ ...where(event), taking: { position } });
    await push(event, await event.tokenOf("alpha"), [item({ test: "C-2" })]);
    await push(event, await event.tokenOf("beta"), [item({ test: "C-2", outcome: "fail" })]);
    const { diff } = await compare(event, lead);
    expect(diff.cells).toMatchObject([{ kind: "changed", test: "C-2" }]);
    await push(event, token, [item({ test: "C-1", attempt: 2 })]);
    const { matrix } = await lead.matrices.byTrack(where(event));
    const taking = { position: matrix.asOf };
    expect(await lead.baselines.take({ ...where(event), taking })).toBe(2);
  });

  it("is mended cell by cell, and a cell whose results are taken back is not tested", async () => {
    const event = await makeEvent({ tests });
    const { token, lead, position, last } = await expecting(event);
    await lead.baselines.take({ ...where(event), taking: { position } });
    await push(event, token, [item({ test: "C-3", supersedes: last.id, void: true })]);
    const cells = await db.cell.findMany({
      where: { trackId: event.trackId },
      orderBy: { testNumber: "asc" },
    });
    const [first, second] = cells.map(({ id }) => ({ ...where(event), cellId: id }));
    if (!first || !second) throw new Error("no cells");
    await lead.baselines.expect({ ...first, expected: "unsupported" });
    await lead.baselines.expect({ ...second, expected: "" });
    expect((await lead.rulings.ofCell(first)).expected).toBe("unsupported");
    expect((await lead.rulings.ofCell(second)).expected).toBeNull();
    const { diff } = await compare(event, lead);
    expect(diff.counts).toEqual({ regressed: 0, fixed: 0, changed: 1, new: 1, gone: 1 });
  });

  it("is dropped, and then there is none to compare with", async () => {
    const event = await makeEvent({ tests });
    const { lead, position } = await expecting(event);
    await lead.baselines.take({ ...where(event), taking: { position } });
    await lead.baselines.drop(where(event));
    await expect(compare(event, lead)).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(lead.baselines.drop(where(event))).rejects.toMatchObject({ code: "CONFLICT" });
    const { baseline } = await lead.diffs.byTrack(where(event));
    expect(baseline).toBeNull();
    const deeds = await db.audit.findMany({
      where: { eventId: event.eventId, action: "baseline.set" },
      orderBy: { id: "asc" },
    });
    expect(deeds.map(({ detail }) => detail)).toMatchObject([
      { did: "take", position, cells: 3 },
      { did: "drop" },
    ]);
  });
});

describe("who sets and who sees it", () => {
  it("leads of the track and organizers set it, nobody else", async () => {
    const event = await makeEvent({ tests });
    const { position } = await expecting(event);
    const asked = { ...where(event), taking: { position } };
    const member = await callAs(await makeMember(event.entryIds.alpha ?? ""));
    await expect(member.baselines.take(asked)).rejects.toMatchObject({ code: "FORBIDDEN" });
    await expect(member.baselines.drop(where(event))).rejects.toMatchObject({ code: "FORBIDDEN" });
    const stranger = await callAs(await makePerson());
    await expect(stranger.baselines.take(asked)).rejects.toMatchObject({ code: "FORBIDDEN" });
    const organizer = await callAs(await makeOrganizer(event.eventId));
    expect(await organizer.baselines.take(asked)).toBe(3);
    const cell = await db.cell.findFirstOrThrow({ where: { trackId: event.trackId } });
    const one = { ...where(event), cellId: cell.id };
    await expect(member.baselines.expect({ ...one, expected: "pass" })).rejects.toMatchObject({
      code: "FORBIDDEN",
    });
    expect((await member.rulings.ofCell(one)).expected).toBeNull();
  });

  it("a cell of another track is none of this one's", async () => {
    const [event, other] = [await makeEvent({ tests }), await makeEvent({ tests })];
    const { lead } = await expecting(event);
    await expecting(other);
    const foreign = await db.cell.findFirstOrThrow({ where: { trackId: other.trackId } });
    const asked = { ...where(event), cellId: foreign.id, expected: "pass" } as const;
    await expect(lead.baselines.expect(asked)).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  it("not once the event is published, nor of a moment to come, nor of an empty matrix", async () => {
    const event = await makeEvent({ tests });
    const { lead, position } = await expecting(event);
    const take = (at: string) => lead.baselines.take({ ...where(event), taking: { position: at } });
    await expect(take("9000000000000000000")).rejects.toMatchObject({
      code: "UNPROCESSABLE_CONTENT",
    });
    await expect(take("0")).rejects.toMatchObject({ code: "CONFLICT" });
    expect(await db.baseline.count({ where: { trackId: event.trackId } })).toBe(0);
    await db.interopEvent.update({ where: { id: event.eventId }, data: { phase: "published" } });
    const late = await callAs(await makeLead(event.trackId));
    const asked = { ...where(event), taking: { position } };
    await expect(late.baselines.take(asked)).rejects.toMatchObject({ code: "CONFLICT" });
  });

  it("in a restricted track its parties are told of their own cells alone", async () => {
    const entries = ["alpha", "beta", "gamma"].map((slug) => ({ slug }));
    const event = await makeEvent({ tests, restricted: true, entries });
    const { lead, position } = await expecting(event);
    await lead.baselines.take({ ...where(event), taking: { position } });
    const alpha = await callAs(await makeMember(event.entryIds.alpha ?? ""));
    expect((await compare(event, alpha)).diff.compared).toBe(3);
    const gamma = await callAs(await makeMember(event.entryIds.gamma ?? ""));
    await expect(compare(event, gamma)).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect((await gamma.diffs.byTrack(where(event))).baseline).toBeNull();
  });

  it("of who has not agreed to be named, nothing is told after publication", async () => {
    const event = await makeEvent({ tests, visibility: "public" });
    const { lead, position } = await expecting(event);
    await lead.baselines.take({ ...where(event), taking: { position } });
    await db.interopEvent.update({ where: { id: event.eventId }, data: { phase: "published" } });
    const { diff } = await compare(event, await callAs(null));
    expect(diff).toMatchObject({ compared: 0, cells: [] });
    expect(diff.withheld).toBeGreaterThan(0);
  });

  it("nobody compares what stands with it the other way round", async () => {
    const event = await makeEvent({ tests });
    const { lead } = await expecting(event);
    const asked = lead.diffs.byTrack({ ...where(event), to: "baseline" });
    await expect(asked).rejects.toMatchObject({ code: "BAD_REQUEST" });
  });
});

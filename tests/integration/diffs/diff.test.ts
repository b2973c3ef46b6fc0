import { describe, expect, it } from "vitest";
import { GET as json } from "@/app/api/v1/events/[eventSlug]/tracks/[trackSlug]/matrix-diff.json/route";
import { db } from "@/lib/db/client";
import { callAs, makeMember, makePerson } from "@/tests/factories/caller";
import { type MadeEvent, makeEvent } from "@/tests/factories/event";
import { item, params, push, request } from "@/tests/factories/push";
import { queriesOf } from "@/tests/factories/queries";

const where = (event: { slug: string }) => ({ eventSlug: event.slug, trackSlug: "calls" });

describe("two moments of a track", () => {
  it("what worked and now fails has regressed; turned round it was fixed", async () => {
    const event = await makeEvent();
    const token = await event.tokenOf(null);
    await push(event, token, [item({ test: "C-1" })]);
    const caller = await callAs(await makeMember(event.entryIds.alpha ?? ""));
    const { matrix } = await caller.matrices.byTrack(where(event));
    await push(event, token, [
      item({ test: "C-1", outcome: "fail", attempt: 2 }),
      item({ test: "C-2" }),
    ]);
    const { diff } = await caller.diffs.byTrack({ ...where(event), from: matrix.asOf, to: "now" });
    expect(diff).toMatchObject({ compared: 2, same: 0, withheld: 0 });
    expect(diff.counts).toEqual({ regressed: 1, fixed: 0, changed: 0, new: 1, gone: 0 });
    const back = await caller.diffs.byTrack({ ...where(event), from: "now", to: matrix.asOf });
    expect(back.diff.counts).toEqual({ regressed: 0, fixed: 1, changed: 0, new: 0, gone: 1 });
    const answer = await json(
      request(`events/${event.slug}/tracks/calls/matrix-diff.json?from=${matrix.asOf}`, "GET", {
        token,
      }),
      params(where(event)),
    );
    expect(await answer.json()).toMatchObject({ counts: diff.counts, cells: diff.cells });
  });

  it("a day stands for its start", async () => {
    const event = await makeEvent();
    await push(event, await event.tokenOf(null), [item()]);
    const caller = await callAs(await makeMember(event.entryIds.alpha ?? ""));
    const past = await caller.diffs.byTrack({ ...where(event), from: "2020-01-01", to: "now" });
    expect(past.diff.counts.new).toBe(1);
    const future = await caller.diffs.byTrack({ ...where(event), from: "2120-01-01", to: "now" });
    expect(future.diff).toMatchObject({ compared: 1, same: 1 });
    expect(past.days).toHaveLength(1);
  });

  it("unless a side is asked for, the last day with changes is compared with now", async () => {
    const event = await makeEvent();
    await push(event, await event.tokenOf(null), [item()]);
    const caller = await callAs(await makeMember(event.entryIds.alpha ?? ""));
    const { diff, days } = await caller.diffs.byTrack(where(event));
    expect(days).toHaveLength(1);
    expect(diff.from.side).toBe(days[0]);
    expect(diff.counts.new).toBe(1);
  });

  it("where nothing has changed yet, it is today", async () => {
    const event = await makeEvent();
    const caller = await callAs(await makeMember(event.entryIds.alpha ?? ""));
    const { diff } = await caller.diffs.byTrack(where(event));
    expect(diff).toMatchObject({ to: { side: "now" }, compared: 0 });
    expect(diff.from.side).toMatch(/^\d{4}-\d\d-\d\d$/);
  });

  it("a moment that no calendar has is not found", async () => {
    const event = await makeEvent();
    const caller = await callAs(await makeMember(event.entryIds.alpha ?? ""));
    for (const from of ["2026-13-45", "2026-02-01T25:00"]) {
      const asked = caller.diffs.byTrack({ ...where(event), from });
      await expect(asked).rejects.toMatchObject({ code: "NOT_FOUND" });
    }
  });

  it("takes the same number of queries for one entry and for three", async () => {
    const counts: number[] = [];
    for (const slugs of [["alpha"], ["alpha", "beta", "gamma"]]) {
      const event = await makeEvent({ entries: slugs.map((slug) => ({ slug })) });
      const caller = await callAs(await makeMember(event.entryIds.alpha ?? ""));
      counts.push(await queriesOf(() => caller.diffs.byTrack({ ...where(event) })));
    }
    expect(counts[0]).toBe(counts[1]);
  });
});

describe("who may compare", () => {
  it("nobody whom the matrix is not shown to", async () => {
    const event = await makeEvent({ phase: "testing" });
    const code = async (id: string | null) =>
      (await callAs(id)).diffs.byTrack(where(event)).catch((error: { code: string }) => error.code);
    expect([await code(null), await code(await makePerson())]).toEqual([
      "UNAUTHORIZED",
      "FORBIDDEN",
    ]);
  });

  it("a restricted track is not there for who has no part in it, and tells its parties no days", async () => {
    const entries = ["alpha", "beta", "gamma"].map((slug) => ({ slug }));
    const event = await makeEvent({ restricted: true, visibility: "public", entries });
    await push(event, await event.tokenOf(null), [item()]);
    const alpha = await callAs(await makeMember(event.entryIds.alpha ?? ""));
    const told = await alpha.diffs.byTrack(where(event));
    expect([told.diff.compared, told.days]).toEqual([1, []]);
    const gamma = await callAs(await makeMember(event.entryIds.gamma ?? ""));
    expect((await gamma.diffs.byTrack(where(event))).diff.compared).toBe(0);
    const stranger = await callAs(await makePerson());
    await expect(stranger.diffs.byTrack(where(event))).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  it("an event of another series, or none, is no edition", async () => {
    const [event, other] = [await makeEvent(), await makeEvent({ visibility: "public" })];
    const caller = await callAs(await makeMember(event.entryIds.alpha ?? ""));
    for (const slug of [other.slug, "nowhere"]) {
      const asked = caller.diffs.byTrack({ ...where(event), from: `edition:${slug}` });
      await expect(asked).rejects.toMatchObject({ code: "NOT_FOUND" });
    }
  });
});

/** An edition before `event`, with the same projects and tests, and one result of alpha and beta. */
async function makeEdition(event: MadeEvent): Promise<MadeEvent> {
  const earlier = await makeEvent({ visibility: "public" });
  const { seriesId } = await db.interopEvent.findUniqueOrThrow({ where: { id: event.eventId } });
  await push(earlier, await earlier.tokenOf(null), [item({ outcome: "fail" })]);
  for (const slug of ["alpha", "beta"]) {
    const { projectId } = await db.entry.findUniqueOrThrow({
      where: { id: event.entryIds[slug] ?? "" },
    });
    await db.entry.update({ where: { id: earlier.entryIds[slug] ?? "" }, data: { projectId } });
  }
  for (const { key, lineage } of await db.testCase.findMany({
    where: { trackId: event.trackId },
  })) {
    const trackId_key = { trackId: earlier.trackId, key };
    await db.testCase.update({ where: { trackId_key }, data: { lineage } });
  }
  const data = { seriesId, phase: "published" };
  await db.interopEvent.update({ where: { id: earlier.eventId }, data });
  return earlier;
}

describe("an earlier edition", () => {
  it("is compared by project and lineage, as far as its entries have agreed to be shown", async () => {
    const event = await makeEvent();
    await push(event, await event.tokenOf(null), [item()]);
    const earlier = await makeEdition(event);
    const caller = await callAs(await makeMember(event.entryIds.alpha ?? ""));
    const from = `edition:${earlier.slug}`;
    const hidden = await caller.diffs.byTrack({ ...where(event), from });
    expect(hidden.editions).toMatchObject([{ slug: earlier.slug }]);
    expect(hidden.diff.cells.map(({ kind }) => kind)).not.toContain("fixed");

    const consent = { consentNamed: true, consentPassing: true, consentFailing: true };
    await db.entry.updateMany({ where: { eventId: earlier.eventId }, data: consent });
    const { diff } = await caller.diffs.byTrack({ ...where(event), from });
    expect(diff).toMatchObject({ compared: 1, withheld: 0, counts: { fixed: 1 } });
  });
});

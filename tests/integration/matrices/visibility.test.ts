import { describe, expect, it } from "vitest";
import { GET as csv } from "@/app/api/v1/events/[eventSlug]/tracks/[trackSlug]/matrix.csv/route";
import { GET as json } from "@/app/api/v1/events/[eventSlug]/tracks/[trackSlug]/matrix.json/route";
import { GET as stream } from "@/app/api/v1/events/[eventSlug]/tracks/[trackSlug]/stream/route";
import { db } from "@/lib/db/client";
import type { Grid, Matrix } from "@/lib/matrices/schema";
import { callAs, makeLead, makeMember, makeOrganizer, makePerson } from "@/tests/factories/caller";
import { type MadeEvent, makeEvent, makeTest } from "@/tests/factories/event";
import { between, params, push, request } from "@/tests/factories/push";
import { queriesOf } from "@/tests/factories/queries";

const only = ({ grids }: Matrix): Grid => {
  const [grid] = grids;
  if (!grid || grids.length > 1) throw new Error(`${grids.length} grids`);
  return grid;
};

describe("who sees a matrix", () => {
  const asks = async (personId: string | null, event: MadeEvent) => {
    const caller = await callAs(personId);
    return caller.matrices.byTrack({ eventSlug: event.slug, trackSlug: "calls" }).then(
      ({ matrix }) => only(matrix).cells.length,
      (error: { code: string }) => error.code,
    );
  };
  const entries = ["alpha", "beta", "gamma"].map((slug) => ({ slug }));
  const peopled = async (over: Parameters<typeof makeEvent>[0]) => {
    const event = await makeEvent({ entries, ...over });
    const other = await makeEvent();
    await push(event, await event.tokenOf(null), [
      between("alpha", "beta"),
      between("beta", "gamma"),
    ]);
    return {
      event,
      visitor: null,
      stranger: await makePerson(),
      foreigner: await makeMember(other.entryIds.alpha ?? ""),
      alpha: await makeMember(event.entryIds.alpha ?? ""),
      lead: await makeLead(event.trackId),
      otherLead: await makeLead(other.trackId),
      organizer: await makeOrganizer(event.eventId),
    };
  };
  const answers = async ({ event, ...people }: Awaited<ReturnType<typeof peopled>>) =>
    Object.fromEntries(
      await Promise.all(
        Object.entries(people).map(async ([who, id]) => [who, await asks(id, event)] as const),
      ),
    );

  it("its participants do, and nobody else while it is for members", async () => {
    expect(await answers(await peopled({}))).toEqual({
      visitor: "UNAUTHORIZED",
      stranger: "FORBIDDEN",
      foreigner: "FORBIDDEN",
      alpha: 2,
      lead: 2,
      otherLead: "FORBIDDEN",
      organizer: 2,
    });
  });

  it("everybody does while it is public", async () => {
    expect(new Set(Object.values(await answers(await peopled({ visibility: "public" }))))).toEqual(
      new Set([2]),
    );
  });

  it("of a restricted track the parties see their own cells, leads and organizers all, others nothing", async () => {
    expect(await answers(await peopled({ restricted: true, visibility: "public" }))).toEqual({
      visitor: "NOT_FOUND",
      stranger: "NOT_FOUND",
      foreigner: "NOT_FOUND",
      alpha: 1,
      lead: 2,
      otherLead: "NOT_FOUND",
      organizer: 2,
    });
  });

  it("a draft does not exist but for those who prepare it", async () => {
    const people = await peopled({});
    await db.interopEvent.update({ where: { id: people.event.eventId }, data: { phase: "draft" } });
    expect(await answers(people)).toMatchObject({
      visitor: "NOT_FOUND",
      alpha: "NOT_FOUND",
      lead: 2,
      organizer: 2,
    });
  });

  it("once it is published, everybody sees what its entries agreed to, and is told of the rest", async () => {
    const people = await peopled({});
    const { event } = people;
    await push(event, await event.tokenOf(null), [
      between("beta", "gamma", { test: "C-2", outcome: "fail" }),
    ]);
    await db.entry.updateMany({
      where: { eventId: event.eventId },
      data: { consentNamed: true, consentPassing: true },
    });
    await db.entry.updateMany({
      where: { eventId: event.eventId, slug: "alpha" },
      data: { consentNamed: false },
    });
    await db.interopEvent.update({ where: { id: event.eventId }, data: { phase: "published" } });
    const caller = await callAs(null);
    const { matrix } = await caller.matrices.byTrack({ eventSlug: event.slug, trackSlug: "calls" });
    // alpha, who did not agree to be named, comes last and is nobody.
    expect(only(matrix).rows.map(({ entry, name }) => [entry, name])).toEqual([
      ["beta", "beta"],
      ["gamma", "gamma"],
      ["withheld-1", "Not named 1"],
    ]);
    expect(only(matrix).cells).toEqual([
      { row: 2, column: 0, test: 0, state: "withheld" },
      expect.objectContaining({ row: 0, column: 1, test: 0, state: "confirmed" }),
      { row: 0, column: 1, test: 1, state: "withheld" },
    ]);
    expect(JSON.stringify(matrix)).not.toContain("alpha");
    expect(await asks(people.alpha, event)).toBe(3);
    const named = async (personId: string | null) => {
      const { entryLines } = await (await callAs(personId)).events.byName({
        eventSlug: event.slug,
      });
      return entryLines.map(({ slug }) => slug);
    };
    expect(await named(null)).toEqual(["beta", "gamma"]);
    expect(await named(people.alpha)).toEqual(["alpha", "beta", "gamma"]);
  });

  it("a cell of a restricted track is as hidden as its matrix", async () => {
    const { event, alpha, stranger } = await peopled({ restricted: true, visibility: "public" });
    const cells = await db.cell.findMany({
      where: { eventId: event.eventId },
      orderBy: { rowNumber: "asc" },
    });
    const reads = async (personId: string | null) => {
      const caller = await callAs(personId);
      return Promise.all(
        cells.map(({ id }) =>
          caller.results.cell({ eventSlug: event.slug, trackSlug: "calls", cellId: id }).then(
            ({ state }) => state,
            (error: { code: string }) => error.code,
          ),
        ),
      );
    };
    expect(await reads(alpha)).toEqual(["confirmed", "NOT_FOUND"]);
    expect(await reads(stranger)).toEqual(["NOT_FOUND", "NOT_FOUND"]);
    const caller = await callAs(stranger);
    const { trackLines } = await caller.events.byName({ eventSlug: event.slug });
    expect(trackLines.map(({ progress }) => progress)).toEqual([null]);
  });

  it("of a restricted track there is none for who has no part in it, by every door", async () => {
    const event = await makeEvent({
      restricted: true,
      visibility: "public",
      entries: [{ slug: "alpha" }, { slug: "beta" }, { slug: "apart", roles: [] }],
    });
    await push(event, await event.tokenOf(null), [between("alpha", "beta")]);
    const { id: cellId } = await db.cell.findFirstOrThrow({ where: { eventId: event.eventId } });
    const statuses = async (token: string) => {
      const where = { eventSlug: event.slug, trackSlug: "calls" };
      const gone = new AbortController();
      const answers = [json, csv, stream].map(async (get) => {
        const asked = new Request(request("matrix", "GET", { token }), { signal: gone.signal });
        return (await get(asked, params(where))).status;
      });
      const all = await Promise.all(answers);
      gone.abort();
      return all;
    };
    const doors = async (personId: string) => {
      const caller = await callAs(personId);
      const where = { eventSlug: event.slug, trackSlug: "calls" };
      const codes = [caller.matrices.byTrack(where), caller.results.cell({ ...where, cellId })].map(
        (asked) =>
          asked.then(
            () => "seen",
            (error: { code: string }) => error.code,
          ),
      );
      return Promise.all(codes);
    };
    const apart = await makeMember(event.entryIds.apart ?? "");
    await db.entryTrack.deleteMany({ where: { entryId: event.entryIds.apart ?? "" } });
    expect(await doors(apart)).toEqual(["NOT_FOUND", "NOT_FOUND"]);
    expect(await doors(await makeMember(event.entryIds.beta ?? ""))).toEqual(["seen", "seen"]);
    expect(await statuses(await event.tokenOf("apart"))).toEqual([404, 404, 404]);
    expect(await statuses(await event.tokenOf("alpha"))).toEqual([200, 200, 200]);
    expect(await statuses(await event.tokenOf(null))).toEqual([200, 200, 200]);
    // The plan is no secret, and who chose a role in the track has a part before there is a result.
    const plan = await (await callAs(apart)).tracks.byName({
      eventSlug: event.slug,
      trackSlug: "calls",
    });
    expect(plan.tests).toHaveLength(2);
    await (await callAs(apart)).entries.setPlays({
      eventSlug: event.slug,
      entrySlug: "apart",
      tracks: { calls: ["uac"] },
    });
    expect(await doors(apart)).toEqual(["seen", "NOT_FOUND"]);
  });

  it("takes the same number of queries for one entry as for many", async () => {
    const small = await makeEvent({ entries: entries.slice(0, 1) });
    const large = await makeEvent({
      entries,
      tests: ["C-1", "C-2", "C-3"].map((key) => makeTest(key)),
    });
    await push(large, await large.tokenOf(null), [
      between("alpha", "beta"),
      between("beta", "gamma"),
    ]);
    const count = async (event: MadeEvent) => {
      const organizer = await makeOrganizer(event.eventId);
      const caller = await callAs(organizer);
      return queriesOf(() =>
        caller.matrices.byTrack({ eventSlug: event.slug, trackSlug: "calls" }),
      );
    };
    expect([await count(small), await count(large)]).toEqual([4, 4]);
  });
});

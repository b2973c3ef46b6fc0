import { describe, expect, it } from "vitest";
import { GET as csv } from "@/app/api/v1/events/[eventSlug]/tracks/[trackSlug]/measurements.csv/route";
import { GET as json } from "@/app/api/v1/events/[eventSlug]/tracks/[trackSlug]/measurements.json/route";
import { db } from "@/lib/db/client";
import { measurementsSchema } from "@/lib/measurements/schema";
import { callAs, makeLead, makeMember, makeOrganizer, makePerson } from "@/tests/factories/caller";
import { type MadeEvent, makeEvent, makeTest } from "@/tests/factories/event";
import { item, params, push, request } from "@/tests/factories/push";
import { queriesOf } from "@/tests/factories/queries";

const pdd = (value: number, over: Record<string, unknown> = {}) => ({
  name: "pdd",
  value,
  unit: "ms",
  repeats: 5,
  deviation: 4.1,
  conditions: { loss: "5 %" },
  vantage: "generator",
  ...over,
});

const between = (uac: string, uas: string, over: Record<string, unknown> = {}) =>
  item({
    parties: [
      { role: "uac", entry: uac, build: "1.0" },
      { role: "uas", entry: uas, build: "1.0" },
    ],
    metrics: [pdd(183.2)],
    ...over,
  });

const entries = ["alpha", "beta", "gamma"].map((slug) => ({ slug }));

const measuredTest = makeTest("C-1", {
  measured: true,
  measurements: [
    { id: "pdd", name: "pdd", unit: "ms", how: "INVITE to 180", vantage: "generator" },
  ],
});

const where = (event: MadeEvent) => ({ eventSlug: event.slug, trackSlug: "calls" });

/** Each figure with its readings as `uac uas test: values`. */
async function told(event: MadeEvent, personId: string | null) {
  const caller = await callAs(personId);
  const { figures, withheld } = await caller.measurements.byTrack(where(event));
  const lines = figures.map(({ name, readings }) => [
    name,
    ...readings.map(
      ({ parties, test, statistics }) =>
        `${parties.map(({ entry }) => entry).join(" ")} ${test}: ${statistics.map(({ value }) => value).join(" ")}`,
    ),
  ]);
  return { lines, withheld };
}

describe("what was measured in a track", () => {
  it("is told with everything that the result says of it", async () => {
    const event = await makeEvent({ entries, tests: [measuredTest] });
    const metrics = [
      pdd(40, { repeats: 200, conditions: { rate: "20 CPS", statistic: "mean" } }),
      { ...pdd(508), deviation: undefined, conditions: { rate: "20 CPS", statistic: "max" } },
      {
        name: "retransmissions",
        value: 8.75,
        unit: "%",
        conditions: { rate: "20 CPS", of: "400" },
      },
    ];
    await push(event, await event.tokenOf("alpha"), [between("alpha", "beta", { metrics })]);
    const caller = await callAs(await makeOrganizer(event.eventId));
    const { figures, isCut } = await caller.measurements.byTrack(where(event));
    expect(isCut).toBe(false);
    expect(figures).toMatchObject([
      {
        name: "pdd",
        unit: "ms",
        plan: { how: "INVITE to 180", vantage: "generator", reference: null },
        readings: [
          {
            test: "C-1",
            measured: true,
            parties: [
              { role: "uac", name: "alpha", build: "1.0" },
              { role: "uas", name: "beta", build: "1.0" },
            ],
            conditions: { rate: "20 CPS" },
            details: {},
            vantage: "generator",
            statistics: [
              { name: "mean", value: 40, repeats: 200, deviation: 4.1 },
              { name: "max", value: 508, repeats: 5, deviation: null },
            ],
            reporter: "alpha",
            outcome: "pass",
          },
        ],
      },
      {
        name: "retransmissions",
        plan: null,
        readings: [{ details: { of: "400" }, vantage: null, statistics: [{ name: "value" }] }],
      },
    ]);
  });

  it("leaves out what was corrected, retracted, has no place, or is of a retired test", async () => {
    const event = await makeEvent({ entries });
    const token = await event.tokenOf(null);
    const [wrong, retracted] = [between("alpha", "beta"), between("beta", "gamma")];
    await push(event, token, [
      wrong,
      retracted,
      between("alpha", "gamma", { test: "C-2", metrics: [pdd(7)] }),
      between("alpha", "gamma", { test: "no-such-test", metrics: [pdd(99)] }),
      between("gamma", "alpha", { metrics: undefined }),
    ]);
    await push(event, token, [
      between("alpha", "beta", { supersedes: wrong.id, metrics: [pdd(41)] }),
      between("beta", "gamma", { supersedes: retracted.id, void: true, metrics: [pdd(98)] }),
    ]);
    const organizer = await makeOrganizer(event.eventId);
    expect((await told(event, organizer)).lines).toEqual([
      ["pdd", "alpha beta C-1: 41", "alpha gamma C-2: 7"],
    ]);
    await db.testCase.updateMany({
      where: { trackId: event.trackId, key: "C-2" },
      data: { retiredAt: new Date() },
    });
    expect((await told(event, organizer)).lines).toEqual([["pdd", "alpha beta C-1: 41"]]);
  });

  it("is in the order of names, whatever the figures", async () => {
    const event = await makeEvent({ entries });
    await push(event, await event.tokenOf(null), [
      between("gamma", "alpha", { metrics: [pdd(1)] }),
      between("alpha", "beta", { metrics: [pdd(900)] }),
      between("beta", "gamma", { metrics: [pdd(30)] }),
    ]);
    const { lines } = await told(event, await makeOrganizer(event.eventId));
    expect(lines).toEqual([
      ["pdd", "alpha beta C-1: 900", "beta gamma C-1: 30", "gamma alpha C-1: 1"],
    ]);
  });

  it("is of this track and this event only", async () => {
    const [event, other] = [await makeEvent({ entries }), await makeEvent({ entries })];
    await push(other, await other.tokenOf(null), [between("alpha", "beta")]);
    expect(await told(event, await makeOrganizer(event.eventId))).toEqual({
      lines: [],
      withheld: 0,
    });
    const foreigner = await callAs(await makeOrganizer(other.eventId));
    await expect(foreigner.measurements.byTrack(where(event))).rejects.toMatchObject({
      code: "FORBIDDEN",
    });
    const visitor = await callAs(null);
    await expect(visitor.measurements.byTrack(where(event))).rejects.toMatchObject({
      code: "UNAUTHORIZED",
    });
  });

  it("of a restricted track is the parties' own, all for leads, and for others not there", async () => {
    const event = await makeEvent({ entries, restricted: true, visibility: "public" });
    await push(event, await event.tokenOf(null), [
      between("alpha", "beta", { metrics: [pdd(11)] }),
      between("beta", "gamma", { metrics: [pdd(22)] }),
    ]);
    const member = await makeMember(event.entryIds.alpha ?? "");
    expect((await told(event, member)).lines).toEqual([["pdd", "alpha beta C-1: 11"]]);
    expect((await told(event, await makeLead(event.trackId))).lines).toEqual([
      ["pdd", "alpha beta C-1: 11", "beta gamma C-1: 22"],
    ]);
    for (const stranger of [null, await makePerson()]) {
      await expect(told(event, stranger)).rejects.toMatchObject({ code: "NOT_FOUND" });
    }
    const twin = async (token: string) => {
      const response = await json(
        request("measurements.json", "GET", { token }),
        params({ eventSlug: event.slug, trackSlug: "calls" }),
      );
      return response.text();
    };
    const seen = await twin(await event.tokenOf("alpha"));
    expect(seen).toContain('"value":11');
    expect(seen).not.toContain('"value":22');
    expect(seen).not.toContain("gamma");
  });

  it("once it is published, is what its entries agreed to, and how many were not told", async () => {
    const event = await makeEvent({ entries });
    await push(event, await event.tokenOf(null), [
      between("alpha", "beta", { metrics: [pdd(11)] }),
      between("beta", "gamma", { metrics: [pdd(22)] }),
      between("gamma", "beta", { metrics: [pdd(33)], outcome: "fail" }),
    ]);
    const member = await makeMember(event.entryIds.alpha ?? "");
    await db.entry.updateMany({
      where: { eventId: event.eventId },
      data: { consentNamed: true, consentPassing: true },
    });
    await db.entry.updateMany({
      where: { eventId: event.eventId, slug: "alpha" },
      data: { consentNamed: false },
    });
    await db.interopEvent.update({ where: { id: event.eventId }, data: { phase: "published" } });
    expect(await told(event, null)).toEqual({
      lines: [["pdd", "beta gamma C-1: 22"]],
      withheld: 2,
    });
    expect((await told(event, member)).withheld).toBe(0);
  });

  it("takes the same number of queries for one result as for many", async () => {
    const small = await makeEvent({ entries: entries.slice(0, 1) });
    const large = await makeEvent({ entries });
    await push(large, await large.tokenOf(null), [
      between("alpha", "beta"),
      between("beta", "gamma", { metrics: [pdd(1), { name: "cpu", value: 2 }] }),
      between("gamma", "alpha"),
    ]);
    const count = async (event: MadeEvent) => {
      const caller = await callAs(await makeOrganizer(event.eventId));
      return queriesOf(() => caller.measurements.byTrack(where(event)));
    };
    expect([await count(small), await count(large)]).toEqual([5, 5]);
  });
});

it("a track leads to its measurements when its plan measures, or results came with figures", async () => {
  const isMeasured = async (options: Parameters<typeof makeEvent>[0], metrics?: unknown[]) => {
    const event = await makeEvent({ entries, ...options });
    await push(event, await event.tokenOf(null), [between("alpha", "beta", { metrics })]);
    const caller = await callAs(await makeOrganizer(event.eventId));
    return (await caller.tracks.byName(where(event))).isMeasured;
  };
  expect(await isMeasured({})).toBe(false);
  expect(await isMeasured({ tests: [measuredTest] })).toBe(true);
  expect(await isMeasured({}, [pdd(1)])).toBe(true);
  // Anybody may read the plan of a restricted track: what was pushed does not show in it.
  expect(await isMeasured({ restricted: true }, [pdd(1)])).toBe(false);
});

describe("the twins of the measurements", () => {
  const ask = (door: typeof json, event: MadeEvent, token: string, headers = {}) =>
    door(
      request("twin", "GET", { token, headers }),
      params({ eventSlug: event.slug, trackSlug: "calls" }),
    );

  it("say the same, and do not send what has not changed", async () => {
    const event = await makeEvent({ entries });
    const token = await event.tokenOf(null);
    await push(event, token, [
      between("alpha", "beta", {
        variant: {},
        metrics: [pdd(5, { conditions: { loss: "20 %" } }), pdd(-3)],
      }),
    ]);
    const answer = await ask(json, event, token);
    const { figures } = measurementsSchema.parse(await answer.json());
    const values = figures.flatMap(({ readings }) =>
      readings.flatMap(({ statistics }) => statistics.map(({ value }) => value)),
    );
    expect(values).toEqual([-3, 5]);
    const table = (await (await ask(csv, event, token)).text()).trimEnd().split("\r\n");
    expect(table).toHaveLength(3);
    expect(table[0]).toMatch(/^track,metric,unit,statistic,value,/);
    expect(table.slice(1).map((row) => row.split(",").slice(1, 7).join(","))).toEqual([
      "pdd,ms,value,-3,4.1,5",
      "pdd,ms,value,5,4.1,5",
    ]);
    const etag = answer.headers.get("etag") ?? "";
    expect((await ask(json, event, token, { "if-none-match": etag })).status).toBe(304);
  });
});

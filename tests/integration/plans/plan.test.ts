import { describe, expect, it } from "vitest";
import { GET as exportPlan } from "@/app/api/v1/events/[eventSlug]/tracks/[trackSlug]/plan.json/route";
import { grant } from "@/lib/auth/permit";
import { loadScope } from "@/lib/auth/scope";
import { rebuildCells } from "@/lib/cells/write/rebuild";
import { db } from "@/lib/db/client";
import { type CatalogueTest, catalogueTrackSchema } from "@/lib/tracks/schema";
import { callAs, makeLead, makeMember, makeOrganizer, makePerson } from "@/tests/factories/caller";
import { makeEvent, makeTest } from "@/tests/factories/event";
import { codeOf, refusal } from "@/tests/factories/own-entry";
import { item, params, push, request } from "@/tests/factories/push";
import { queriesOf } from "@/tests/factories/queries";

async function makePlan(options: Parameters<typeof makeEvent>[0] = {}) {
  const event = await makeEvent(options);
  const lead = await callAs(await makeLead(event.trackId));
  const where = { eventSlug: event.slug, trackSlug: "calls" };
  const seen = async (testKey: string) => (await lead.plans.byTest({ ...where, testKey })).seen;
  /** Changes C-1 as it is now. */
  const change = async (over: Partial<CatalogueTest>, testKey = "C-1") => {
    const { content, seen: now } = await lead.plans.byTest({ ...where, testKey });
    return lead.plans.change({ ...where, test: { ...content, ...over }, seen: now });
  };
  const overlays = async () => {
    const { matrix } = await lead.matrices.byTrack(where);
    return matrix.grids.flatMap(({ cells }) =>
      cells.map((cell) => ("overlays" in cell ? cell.overlays : [])),
    );
  };
  const keys = async () => (await lead.tracks.byName(where)).tests.map(({ key }) => key);
  const rebuild = async () =>
    rebuildCells(
      grant({ kind: "operator" }, "event.prepare", await loadScope(event.slug, undefined)),
    );
  return { event, lead, where, seen, change, overlays, keys, rebuild };
}

const cellsOf = (eventId: string) =>
  db.cell.findMany({ where: { eventId }, orderBy: [{ testNumber: "asc" }, { id: "asc" }] });

describe("a test of the plan", () => {
  it("changed in substance has a new version, and older results are stale until there is a newer one", async () => {
    const { event, change, overlays, lead, where } = await makePlan();
    const token = await event.tokenOf(null);
    await push(event, token, [item()]);
    expect(await overlays()).toEqual([[]]);
    expect(await change({ passCriteria: "200 within 5 s" })).toEqual({
      key: "C-1",
      version: 2,
      isNewVersion: true,
    });
    expect(await overlays()).toEqual([["stale"]]);
    await push(event, token, [item({ startedAt: "2026-11-20T11:00:00Z" })]);
    expect(await overlays()).toEqual([[]]);
    const { versions } = await lead.plans.byTest({ ...where, testKey: "C-1" });
    expect(versions.map(({ version, by }) => [version, by])).toEqual([
      [2, "Lead"],
      [1, null],
    ]);
    const kept = await db.testCaseVersion.findMany({
      where: { testCase: { trackId: event.trackId } },
      orderBy: { version: "asc" },
    });
    expect(kept.map(({ content }) => (content as CatalogueTest).passCriteria)).toEqual([
      "200",
      "200 within 5 s",
    ]);
  });

  it("changed in words alone keeps its version", async () => {
    const { event, change, overlays } = await makePlan();
    await push(event, await event.tokenOf(null), [item()]);
    const over = { title: "Another title", references: [{ cite: "RFC 3261", verified: true }] };
    expect(await change(over)).toEqual({ key: "C-1", version: 1, isNewVersion: false });
    expect(await overlays()).toEqual([[]]);
    expect(await change({})).toEqual({ key: "C-1", version: 1, isNewVersion: false });
  });

  it("is added at the end, and results that waited for it are placed", async () => {
    const { event, lead, where, keys } = await makePlan();
    await push(event, await event.tokenOf(null), [
      item({ test: "C-9" }),
      item({ test: "old name" }),
    ]);
    const test = makeTest("C-9", { aliases: ["old name"] });
    expect(await lead.plans.add({ ...where, test })).toMatchObject({ key: "C-9", version: 1 });
    expect(await keys()).toEqual(["C-1", "C-2", "C-9"]);
    expect(await cellsOf(event.eventId)).toMatchObject([{ state: "confirmed", attempts: 2 }]);
    expect((await lead.mappings.list(where)).unmapped).toEqual([]);
    expect(await refusal(lead.plans.add({ ...where, test }))).toMatch(
      /There is a test 'C-9' already/,
    );
  });

  it("moves up and down, and stays at the ends", async () => {
    const { lead, where, keys } = await makePlan({
      tests: ["C-1", "C-2", "C-3"].map((key) => makeTest(key)),
    });
    await lead.plans.move({ ...where, testKey: "C-3", direction: "up" });
    expect(await keys()).toEqual(["C-1", "C-3", "C-2"]);
    await lead.plans.move({ ...where, testKey: "C-1", direction: "up" });
    await lead.plans.move({ ...where, testKey: "C-1", direction: "down" });
    expect(await keys()).toEqual(["C-3", "C-1", "C-2"]);
  });

  it("is retired: it leaves matrix and plan with its results, takes no more, and may come back", async () => {
    const { event, lead, where, keys, rebuild } = await makePlan();
    const token = await event.tokenOf(null);
    await push(event, token, [item()]);
    await lead.plans.retire({ ...where, testKey: "C-1" });
    expect(await keys()).toEqual(["C-2"]);
    const { matrix } = await lead.matrices.byTrack(where);
    expect(matrix.grids.flatMap(({ cells }) => cells)).toEqual([]);
    expect(await push(event, token, [item()])).toMatchObject({ accepted: 1, unmapped: 1 });
    const kept = await cellsOf(event.eventId);
    expect(kept).toMatchObject([{ state: "confirmed", attempts: 1 }]);
    await rebuild();
    expect(await cellsOf(event.eventId)).toEqual(kept);

    await lead.plans.bringBack({ ...where, testKey: "C-1" });
    expect(await keys()).toEqual(["C-1", "C-2"]);
    expect(await cellsOf(event.eventId)).toMatchObject([{ state: "confirmed", attempts: 2 }]);
    expect(await codeOf(lead.plans.bringBack({ ...where, testKey: "C-1" }))).toBe("CONFLICT");
  });

  it("gives its names away when it is retired, and does not come back to them", async () => {
    const { event, lead, where, rebuild } = await makePlan({
      tests: [makeTest("C-1", { aliases: ["basic call"] })],
    });
    const token = await event.tokenOf(null);
    await push(event, token, [item({ test: "basic call" })]);
    await lead.plans.retire({ ...where, testKey: "C-1" });
    const roles = [{ key: "uac", min: 1, max: 1 }];
    const test = makeTest("C-2", { aliases: ["basic call"], kind: "solo", roles });
    await lead.plans.add({ ...where, test });
    const parties = [{ role: "uac", entry: "alpha", build: "1.0" }];
    await push(event, token, [item({ test: "basic call", parties })]);
    const kept = await cellsOf(event.eventId);
    expect(kept.map(({ attempts }) => attempts)).toEqual([1, 1]);
    await rebuild();
    expect(await cellsOf(event.eventId)).toEqual(kept);
    expect(await refusal(lead.plans.bringBack({ ...where, testKey: "C-1" }))).toBe(
      "CONFLICT: 'basic call' is a name of C-2 already: a name stands for one test.",
    );
  });
});

describe("a change of the plan is refused", () => {
  it.each([
    [{ kind: "group" as const }, "/kind"],
    [{ directional: false }, "/directional"],
    [
      {
        roles: [
          { key: "uac", min: 1, max: 1 },
          { key: "proxy", min: 1, max: 1 },
        ],
      },
      "/roles",
    ],
    [{ variants: { transport: ["udp"] } }, "/variants"],
  ])("where it would leave results without a place: %j", async (over, where) => {
    const { event, change } = await makePlan();
    await push(event, await event.tokenOf(null), [item()]);
    const before = await cellsOf(event.eventId);
    const asked = await change(over).then(
      () => null,
      ({ cause }: { cause: { faults: { pointer: string; message: string }[] } }) => cause.faults,
    );
    expect(asked?.map(({ pointer }) => pointer)).toContain(`/test${where}`);
    expect(asked?.at(-1)?.message).toMatch(/Retire this test and add a new one instead\.$/);
    expect(await cellsOf(event.eventId)).toEqual(before);
  });

  it("where it would take a name from results that came by it", async () => {
    const { event, change } = await makePlan({ tests: [makeTest("C-1", { aliases: ["a name"] })] });
    await push(event, await event.tokenOf(null), [item({ test: "a name" })]);
    expect(await refusal(change({ aliases: [] }))).toMatch(/Results came as 'a name'/);
    await change({ aliases: ["a name", "another"] });
  });

  it("by the same people who may not lead, and out of season", async () => {
    const { event, where, seen } = await makePlan();
    const other = await makeEvent();
    const test = makeTest("C-1", { title: "Mine" });
    const people = [
      await makeMember(event.entryIds.alpha ?? ""),
      await makePerson(),
      null,
      await makeLead(other.trackId),
    ];
    const now = await seen("C-1");
    const codes: unknown[] = [];
    for (const id of people) {
      const caller = await callAs(id);
      codes.push(await codeOf(caller.plans.change({ ...where, test, seen: now })));
      codes.push(await codeOf(caller.plans.byTrack(where)));
      codes.push(await codeOf(caller.plans.retire({ ...where, testKey: "C-1" })));
    }
    const no = "FORBIDDEN";
    const asked = "UNAUTHORIZED";
    expect(codes).toEqual([no, no, no, no, no, no, asked, asked, asked, no, no, no]);
    const organizer = await callAs(await makeOrganizer(event.eventId));
    await organizer.plans.change({ ...where, test, seen: now });
    expect(await refusal(organizer.plans.change({ ...where, test, seen: now }))).toMatch(
      /^CONFLICT: Somebody has changed this test since you opened it/,
    );
    await db.interopEvent.update({ where: { id: event.eventId }, data: { phase: "review" } });
    expect(await codeOf(organizer.plans.retire({ ...where, testKey: "C-1" }))).toBe("CONFLICT");
    expect(await codeOf(organizer.plans.retire({ ...where, testKey: "C-8" }))).toBe("CONFLICT");
    expect((await organizer.plans.byTrack(where)).rows).toHaveLength(2);
  });
});

describe("a plan taken in", () => {
  /** As a script exports it. */
  const fileOf = async ({ event, where }: Awaited<ReturnType<typeof makePlan>>) => {
    const response = await exportPlan(
      request("plan.json", "GET", { token: await event.tokenOf(null) }),
      params(where),
    );
    expect(response.status).toBe(200);
    return catalogueTrackSchema.parse(await response.json());
  };

  it("tells first what it would do, and then does just that", async () => {
    const plan = await makePlan();
    const { event, lead, where, keys, overlays } = plan;
    await push(event, await event.tokenOf(null), [item(), item({ test: "C-2" })]);
    const file = await fileOf(plan);
    const [first, second] = file.tests;
    if (!first || !second) throw new Error("two tests");
    const given = {
      ...file,
      slug: "elsewhere",
      restricted: true,
      intro: "Other words.",
      roles: [...file.roles, { key: "b2bua", label: "Back to back" }],
      tests: [
        { ...second, kind: "group" },
        makeTest("C-3"),
        makeTest("c-3"),
        { ...first, expected: "Something else." },
      ],
    };
    const text = JSON.stringify(given);
    const preview = await lead.plans.preview({ ...where, text });
    expect(preview.lines.map(({ key, fate, fields }) => [key, fate, fields])).toEqual([
      [null, "reworded", ["intro", "roles"]],
      ["C-2", "refused", ["kind"]],
      ["C-3", "added", []],
      ["c-3", "refused", []],
      ["C-1", "newVersion", ["expected"]],
    ]);
    expect(preview.lines[1]?.faults.map(({ pointer }) => pointer)).toEqual(["/roles", "/kind"]);
    expect(await keys()).toEqual(["C-1", "C-2"]);

    await lead.plans.import({ ...where, text, seen: preview.seen });
    expect(await keys()).toEqual(["C-2", "C-3", "C-1"]);
    expect(await overlays()).toEqual(expect.arrayContaining([[], ["stale"]]));
    const track = await db.track.findUniqueOrThrow({ where: { id: event.trackId } });
    expect(track).toMatchObject({ slug: "calls", restricted: false, intro: "Other words." });
    expect(await refusal(lead.plans.import({ ...where, text, seen: preview.seen }))).toBe(
      "CONFLICT: The plan has changed since you looked: look again.",
    );
    const again = await lead.plans.preview({ ...where, text: JSON.stringify(await fileOf(plan)) });
    expect(new Set(again.lines.map(({ fate }) => fate))).toEqual(new Set(["unchanged"]));
  });

  it("is refused with where it is no plan", async () => {
    const { lead, where } = await makePlan();
    expect(await refusal(lead.plans.preview({ ...where, text: "{ tests: " }))).toMatch(
      /^UNPROCESSABLE_CONTENT: This is no JSON/,
    );
    const noPlan = { ...where, text: JSON.stringify({ slug: "x", tests: [{}] }) };
    expect(await refusal(lead.plans.preview(noPlan))).toMatch(
      /This is no test plan of a track: \/title: .*; \/tests\/0\/key: /,
    );
    const asked = lead.plans.preview(noPlan);
    const faults = await asked.catch(
      ({ cause }: { cause: { faults: { pointer: string }[] } }) => cause.faults,
    );
    expect(faults).toContainEqual(expect.objectContaining({ pointer: "/tests/0/key" }));
  });
});

it("a plan is read in the same number of queries, few tests or many", async () => {
  const { lead, where } = await makePlan();
  const few = await queriesOf(() => lead.plans.byTrack(where));
  for (const key of ["C-3", "C-4", "C-5"]) await lead.plans.add({ ...where, test: makeTest(key) });
  expect(await queriesOf(() => lead.plans.byTrack(where))).toBe(few);
});

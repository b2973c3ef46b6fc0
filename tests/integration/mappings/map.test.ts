import { describe, expect, it } from "vitest";
import { grant } from "@/lib/auth/permit";
import { loadScope } from "@/lib/auth/scope";
import { rebuildCells } from "@/lib/cells/write/rebuild";
import { db } from "@/lib/db/client";
import { callAs, makeLead, makeMember, makeOrganizer, makePerson } from "@/tests/factories/caller";
import { type MadeEvent, makeEvent, makeTest } from "@/tests/factories/event";
import { codeOf, refusal } from "@/tests/factories/own-entry";
import { item, push } from "@/tests/factories/push";
import { queriesOf } from "@/tests/factories/queries";

const RAW = "suite › calls › c1 basic";

async function makeWaiting(options: Parameters<typeof makeEvent>[0] = {}) {
  const event = await makeEvent(options);
  await push(event, await event.tokenOf("alpha"), [
    item({ test: RAW }),
    item({ test: RAW, outcome: "fail", startedAt: "2026-11-20T09:00:00Z" }),
  ]);
  await push(event, await event.tokenOf("beta"), [item({ test: RAW })]);
  const lead = await callAs(await makeLead(event.trackId));
  const where = { eventSlug: event.slug, trackSlug: "calls" };
  return { event, lead, where };
}

const cellsOf = ({ eventId }: MadeEvent) =>
  db.cell.findMany({ where: { eventId }, orderBy: { testNumber: "asc" } });

describe("a raw name that nobody knows", () => {
  it("is listed with its results, an example and a guess", async () => {
    const { lead, where } = await makeWaiting();
    const { unmapped, mapped } = await lead.mappings.list(where);
    expect(mapped).toEqual([]);
    expect(unmapped).toMatchObject([
      {
        raw: RAW,
        results: 3,
        reporters: ["alpha", "beta"],
        example: "uac alpha, uas beta",
        guess: "C-1",
        namedLike: null,
      },
    ]);
  });

  it("is mapped, and what waits counts; what comes later too, and the results keep the name", async () => {
    const { event, lead, where } = await makeWaiting();
    expect(await lead.mappings.map({ ...where, mapping: { raw: RAW, test: "C-1" } })).toEqual({
      results: 3,
      placed: 3,
    });
    expect(await cellsOf(event)).toMatchObject([
      { state: "confirmed", outcome: "pass", attempts: 3, flaky: true },
    ]);
    const reply = await push(event, await event.tokenOf(null), [item({ test: RAW })]);
    expect(reply).toMatchObject({ accepted: 1, unmapped: 0 });
    const [cell] = await cellsOf(event);
    expect(cell?.attempts).toBe(4);
    const page = await lead.results.cell({ ...where, cellId: cell?.id ?? "" });
    expect(new Set(page.results.map(({ test }) => test))).toEqual(new Set([RAW]));
    const names = await lead.mappings.list(where);
    expect(names.unmapped).toEqual([]);
    expect(names.mapped).toMatchObject([{ raw: RAW, test: "C-1", results: 4, by: "Lead" }]);
    const kept = await cellsOf(event);
    await rebuildCells(
      grant({ kind: "operator" }, "event.prepare", await loadScope(event.slug, undefined)),
    );
    expect(await cellsOf(event)).toEqual(kept);
  });

  it("is mapped to another test, or to none again, and the cells follow", async () => {
    const { event, lead, where } = await makeWaiting();
    await lead.mappings.map({ ...where, mapping: { raw: RAW, test: "C-1" } });
    await lead.mappings.map({ ...where, mapping: { raw: RAW, test: "C-2" } });
    expect(await cellsOf(event)).toMatchObject([
      { state: "untested", attempts: 0 },
      { state: "confirmed", attempts: 3 },
    ]);
    expect(await lead.mappings.unmap({ ...where, raw: RAW })).toEqual({ results: 3, placed: 0 });
    expect((await cellsOf(event)).map(({ state }) => state)).toEqual(["untested", "untested"]);
    expect((await lead.mappings.list(where)).unmapped).toMatchObject([{ raw: RAW, results: 3 }]);
    expect(await codeOf(lead.mappings.unmap({ ...where, raw: RAW }))).toBe("NOT_FOUND");
    const audit = await db.audit.findMany({
      where: { eventId: event.eventId, action: "name.map" },
    });
    expect(audit).toHaveLength(3);
  });

  it("is mapped to a variant", async () => {
    const tests = [makeTest("C-1", { variants: { transport: ["udp", "tcp"] } })];
    const { event, lead, where } = await makeWaiting({ tests });
    expect(await refusal(lead.mappings.map({ ...where, mapping: { raw: RAW, test: "C-1" } }))).toBe(
      `UNPROCESSABLE_CONTENT: None of the 3 results called '${RAW}' fits: C-1 has the roles uac (1), uas (1) and the variants transport (udp, tcp). Choose another test, or name the variant.`,
    );
    expect(await db.nameMapping.count({ where: { eventId: event.eventId } })).toBe(0);
    const mapping = { raw: RAW, test: "C-1", variant: { transport: "tcp" } };
    await lead.mappings.map({ ...where, mapping });
    expect(await cellsOf(event)).toMatchObject([{ variant: { transport: "tcp" }, attempts: 3 }]);
  });
});

describe("a name is not mapped", () => {
  it("by anybody but the track's leads and the organizers", async () => {
    const { event, where } = await makeWaiting();
    const other = await makeEvent();
    const people = [
      await makeMember(event.entryIds.alpha ?? ""),
      await makePerson(),
      null,
      await makeLead(other.trackId),
      await makeOrganizer(event.eventId),
    ];
    const mapping = { raw: RAW, test: "C-1" };
    const codes: unknown[] = [];
    for (const id of people) {
      codes.push(await codeOf((await callAs(id)).mappings.map({ ...where, mapping })));
      codes.push(await codeOf((await callAs(id)).mappings.list(where)));
    }
    const no = "FORBIDDEN";
    const asked = "UNAUTHORIZED";
    expect(codes).toEqual([no, no, no, no, asked, asked, no, no, "done", "done"]);
  });

  it("when the plan has it, the test is unknown, nothing came under it, or out of season", async () => {
    const { event, lead, where } = await makeWaiting();
    const map = (mapping: { raw: string; test: string; variant?: Record<string, string> }) =>
      refusal(lead.mappings.map({ ...where, mapping }));
    expect(await map({ raw: "c-1", test: "C-2" })).toMatch(/'c-1' is a name of C-1 already/);
    expect(await map({ raw: RAW, test: "C-3" })).toMatch(/No test 'C-3'.*Did you mean/);
    expect(await map({ raw: RAW, test: "C-1", variant: { transport: "tcp" } })).toMatch(
      /C-1 declares no variant transport/,
    );
    expect(await map({ raw: "never seen", test: "C-1" })).toMatch(
      /^NOT_FOUND: No result in this track came as 'never seen'/,
    );
    await db.interopEvent.update({ where: { id: event.eventId }, data: { phase: "registration" } });
    expect(await map({ raw: RAW, test: "C-1" })).toMatch(/^CONFLICT: Not possible while/);
    expect(await cellsOf(event)).toEqual([]);
  });
});

it("names are listed in the same number of queries, few or many", async () => {
  const { event, lead, where } = await makeWaiting();
  const few = await queriesOf(() => lead.mappings.list(where));
  await push(
    event,
    await event.tokenOf(null),
    ["x", "y", "z"].map((test) => item({ test })),
  );
  expect(await queriesOf(() => lead.mappings.list(where))).toBe(few);
});

import { describe, expect, it } from "vitest";
import { grant } from "@/lib/auth/permit";
import { loadScope } from "@/lib/auth/scope";
import { db } from "@/lib/db/client";
import { loadDesk } from "@/lib/tracks/read/lead";
import { callAs, makeLead, makeMember, makeOrganizer, makePerson } from "@/tests/factories/caller";
import { makeEvent, makeTest } from "@/tests/factories/event";
import { codeOf } from "@/tests/factories/own-entry";
import { item, push } from "@/tests/factories/push";
import { queriesOf } from "@/tests/factories/queries";

const ROLES = [
  { key: "uac", min: 1, max: 1 },
  { key: "proxy", min: 1, max: 1 },
];

async function makeDesk(options: Parameters<typeof makeEvent>[0] = {}) {
  const event = await makeEvent({
    tests: [...["C-1", "C-2"].map((key) => makeTest(key)), makeTest("C-3", { roles: ROLES })],
    ...options,
  });
  const lead = await callAs(await makeLead(event.trackId));
  const where = { eventSlug: event.slug, trackSlug: "calls" };
  return { event, lead, where };
}

describe("a lead's desk", () => {
  it("shows disputes, whose word is awaited, roles that nobody plays, and what happened last", async () => {
    const { event, lead, where } = await makeDesk();
    const [alpha, beta] = [await event.tokenOf("alpha"), await event.tokenOf("beta")];
    await push(event, alpha, [item(), item({ test: "C-2" })]);
    await push(event, beta, [item({ outcome: "fail" })]);
    const desk = await lead.tracks.desk(where);
    expect(desk.disputed).toMatchObject({ total: 1, cells: [{ test: "C-1", silent: [] }] });
    expect(desk.awaiting).toMatchObject({
      total: 1,
      stalled: 0,
      cells: [
        {
          test: "C-2",
          outcome: "pass",
          isStalled: false,
          silent: [{ entry: "beta", name: "beta", nudgedAt: null }],
        },
      ],
    });
    expect(desk.orphans).toEqual([{ role: "proxy", label: "Proxy", tests: ["C-3"] }]);
    expect(desk.activity.map(({ kind, test, names }) => [kind, test, names])).toContainEqual([
      "cell",
      "C-1",
      ["alpha", "beta"],
    ]);
    expect(desk.activity[0]?.detail).toMatchObject({ state: "disputed" });
  });

  it("calls stalled what has waited longer than the lead allows", async () => {
    const { event, lead, where } = await makeDesk();
    await push(event, await event.tokenOf("alpha"), [item()]);
    const scope = await loadScope(event.slug, "calls");
    const permit = grant({ kind: "operator" }, "track.lead", scope);
    const inThreeHours = new Date(Date.now() + 3 * 3_600_000);
    expect((await loadDesk(permit, inThreeHours)).awaiting).toMatchObject({ stalled: 0 });
    await lead.tracks.setStalledHours({ ...where, hours: 2 });
    expect(await loadDesk(permit, inThreeHours)).toMatchObject({
      stalledHours: 2,
      awaiting: { total: 1, stalled: 1, cells: [{ isStalled: true }] },
    });
    expect(await codeOf(lead.tracks.setStalledHours({ ...where, hours: 0 }))).toBe("BAD_REQUEST");
  });

  it("leaves out retired tests", async () => {
    const { event, lead, where } = await makeDesk();
    await push(event, await event.tokenOf("alpha"), [item()]);
    await lead.plans.retire({ ...where, testKey: "C-1" });
    await lead.plans.retire({ ...where, testKey: "C-3" });
    expect(await lead.tracks.desk(where)).toMatchObject({ awaiting: { total: 0 }, orphans: [] });
  });

  it("is the leads' of this track and the organizers', and nobody else's", async () => {
    const { event, where } = await makeDesk({ visibility: "public" });
    const other = await makeEvent();
    const asks = async (id: string | null) => codeOf((await callAs(id)).tracks.desk(where));
    expect(await asks(await makeMember(event.entryIds.alpha ?? ""))).toBe("FORBIDDEN");
    expect(await asks(await makePerson())).toBe("FORBIDDEN");
    expect(await asks(null)).toBe("UNAUTHORIZED");
    expect(await asks(await makeLead(other.trackId))).toBe("FORBIDDEN");
    expect(await asks(await makeOrganizer(event.eventId))).toBe("done");
  });

  it("is read in the same number of queries, empty or full", async () => {
    const { event, lead, where } = await makeDesk();
    const few = await queriesOf(() => lead.tracks.desk(where));
    await push(event, await event.tokenOf("alpha"), [item(), item({ test: "C-2" })]);
    await push(event, await event.tokenOf("beta"), [item({ outcome: "fail" })]);
    expect(await queriesOf(() => lead.tracks.desk(where))).toBe(few);
    expect(await db.cell.count({ where: { eventId: event.eventId } })).toBe(2);
  });
});

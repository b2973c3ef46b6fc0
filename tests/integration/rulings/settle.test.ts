import { describe, expect, it } from "vitest";
import { grant } from "@/lib/auth/permit";
import { loadScope } from "@/lib/auth/scope";
import { rebuildCells } from "@/lib/cells/write/rebuild";
import { db } from "@/lib/db/client";
import { callAs, makeLead, makeMember, makeOrganizer, makePerson } from "@/tests/factories/caller";
import { type MadeEvent, makeEvent } from "@/tests/factories/event";
import { codeOf, refusal } from "@/tests/factories/own-entry";
import { item, push } from "@/tests/factories/push";

const parties = (alpha = "1.0") => [
  { role: "uac", entry: "alpha", build: alpha },
  { role: "uas", entry: "beta", build: "1.0" },
];

/** Alpha says pass, beta says fail. */
async function makeDispute(options: Parameters<typeof makeEvent>[0] = {}) {
  const event = await makeEvent(options);
  const alpha = await event.tokenOf("alpha");
  const beta = await event.tokenOf("beta");
  await push(event, alpha, [item()]);
  await push(event, beta, [item({ outcome: "fail" })]);
  const cell = await theCell(event);
  const where = { eventSlug: event.slug, trackSlug: "calls", cellId: cell.id };
  return { event, alpha, beta, where };
}

const theCell = ({ eventId }: Pick<MadeEvent, "eventId">) =>
  db.cell.findFirstOrThrow({ where: { eventId } });

const ruling = (over: Record<string, unknown> = {}) => ({
  outcome: "fail" as const,
  cause: "sides" as const,
  atFault: ["alpha"],
  reason: "The trace shows no 200.",
  attempts: 2,
  ...over,
});

const shown = async (personId: string, { eventSlug, trackSlug }: Record<string, string>) => {
  const caller = await callAs(personId);
  const { matrix } = await caller.matrices.byTrack({
    eventSlug: eventSlug ?? "",
    trackSlug: trackSlug ?? "",
  });
  return matrix.grids.flatMap(({ cells }) => cells);
};

describe("a lead settles a dispute", () => {
  it("and the matrix, the cell, the log and the audit trail say so, while the results stay", async () => {
    const { event, where } = await makeDispute();
    const leadId = await makeLead(event.trackId);
    const lead = await callAs(leadId);
    await lead.rulings.settle({ ...where, ruling: ruling() });

    expect(await shown(leadId, where)).toMatchObject([{ state: "settled", outcome: "fail" }]);
    const page = await lead.results.cell(where);
    expect(page.state).toBe("settled");
    expect(page.results.map(({ outcome }) => outcome).sort()).toEqual(["fail", "pass"]);
    const desk = await lead.rulings.ofCell(where);
    expect(desk.rulings).toMatchObject([
      { outcome: "fail", cause: "sides", atFault: ["alpha"], by: "Lead", inForce: true },
    ]);
    const log = await db.eventLog.findMany({
      where: { eventId: event.eventId, subject: where.cellId },
      orderBy: { id: "asc" },
    });
    expect(log.map(({ kind }) => kind)).toEqual(["cell", "cell", "cell", "ruling"]);
    expect(log[2]?.detail).toMatchObject({ state: "settled", outcome: "fail" });
    const audit = await db.audit.findFirst({ where: { action: "ruling.make" } });
    expect(audit).toMatchObject({ personId: leadId, subject: where.cellId });
  });

  it("for these builds: a dispute on others opens it, and going back shows it again", async () => {
    const { event, alpha, beta, where } = await makeDispute();
    const lead = await callAs(await makeLead(event.trackId));
    await lead.rulings.settle({ ...where, ruling: ruling() });

    await push(event, alpha, [
      item({ parties: parties("2.0"), startedAt: "2026-11-20T11:00:00Z" }),
    ]);
    expect(await theCell(event)).toMatchObject({ state: "reported", outcome: "pass" });
    await push(event, beta, [
      item({ parties: parties("2.0"), outcome: "fail", startedAt: "2026-11-20T11:00:00Z" }),
    ]);
    expect(await theCell(event)).toMatchObject({ state: "disputed", outcome: null });

    await push(event, alpha, [item({ startedAt: "2026-11-20T12:00:00Z" })]);
    expect(await theCell(event)).toMatchObject({ state: "settled", outcome: "fail" });
  });

  it("until the sides come to agree", async () => {
    const { event, beta, where } = await makeDispute();
    const lead = await callAs(await makeLead(event.trackId));
    await lead.rulings.settle({ ...where, ruling: ruling() });
    await push(event, beta, [item({ startedAt: "2026-11-20T11:00:00Z" })]);
    expect(await theCell(event)).toMatchObject({ state: "confirmed", outcome: "pass" });
  });

  it("and the cells rebuilt from the results are those that were kept", async () => {
    const { event, alpha, where } = await makeDispute();
    const lead = await callAs(await makeLead(event.trackId));
    await lead.rulings.settle({ ...where, ruling: ruling() });
    await push(event, alpha, [item({ startedAt: "2026-11-20T09:00:00Z" })]);
    const { xid: _, ...kept } = { xid: 0, ...(await theCell(event)) };
    await rebuildCells(
      grant({ kind: "operator" }, "event.prepare", await loadScope(event.slug, undefined)),
    );
    expect(await theCell(event)).toEqual(kept);
    expect(kept.state).toBe("settled");
  });

  it("again, or takes it back; every ruling stays listed", async () => {
    const { event, where } = await makeDispute();
    const lead = await callAs(await makeLead(event.trackId));
    await lead.rulings.settle({ ...where, ruling: ruling() });
    await lead.rulings.settle({
      ...where,
      ruling: ruling({
        outcome: "degraded",
        cause: "test",
        atFault: [],
        reason: "On a second look.",
      }),
    });
    expect(await theCell(event)).toMatchObject({ state: "settled", outcome: "degraded" });
    await lead.rulings.takeBack({ ...where, takingBack: { reason: "I was wrong." } });
    expect(await theCell(event)).toMatchObject({
      state: "disputed",
      outcome: null,
      rulingId: null,
    });
    const { rulings } = await lead.rulings.ofCell(where);
    expect(rulings.map(({ outcome, inForce }) => [outcome, inForce])).toEqual([
      [null, false],
      ["degraded", false],
      ["fail", false],
    ]);
    expect(await refusal(lead.rulings.takeBack({ ...where, takingBack: { reason: "No." } }))).toBe(
      "CONFLICT: There is no ruling in force to take back.",
    );
  });
});

describe("a dispute is not settled", () => {
  it("by a lead whose project is a party, by whichever entry; another lead and an organizer may", async () => {
    const { event, where } = await makeDispute({
      entries: [{ slug: "alpha" }, { slug: "beta" }, { slug: "gamma" }],
    });
    const own = await makeLead(event.trackId);
    // Gamma is a second entry of beta's project; the lead is a member of that one alone.
    const beta = await db.entry.findUniqueOrThrow({ where: { id: event.entryIds.beta ?? "" } });
    await db.entry.update({
      where: { id: event.entryIds.gamma ?? "" },
      data: { projectId: beta.projectId },
    });
    await db.entryMember.create({ data: { entryId: event.entryIds.gamma ?? "", personId: own } });
    const caller = await callAs(own);
    expect(await refusal(caller.rulings.settle({ ...where, ruling: ruling() }))).toBe(
      "FORBIDDEN: One of the parties is a project of yours. Nobody settles a dispute of their own project: ask another lead or an organizer.",
    );
    expect((await caller.rulings.ofCell(where)).may).toMatchObject({
      settle: false,
      ownProject: true,
    });
    expect((await theCell(event)).state).toBe("disputed");
    const organizer = await callAs(await makeOrganizer(event.eventId));
    await organizer.rulings.settle({ ...where, ruling: ruling() });
    expect((await theCell(event)).state).toBe("settled");
    expect(
      await codeOf(caller.rulings.takeBack({ ...where, takingBack: { reason: "Mine." } })),
    ).toBe("FORBIDDEN");
  });

  it("by participants, strangers, visitors, or the lead of another event's track", async () => {
    const { event, where } = await makeDispute();
    const other = await makeEvent();
    const people = [
      await makeMember(event.entryIds.alpha ?? ""),
      await makePerson(),
      null,
      await makeLead(other.trackId),
      await makeOrganizer(other.eventId),
    ];
    const codes = await Promise.all(
      people.map(async (id) =>
        codeOf((await callAs(id)).rulings.settle({ ...where, ruling: ruling() })),
      ),
    );
    expect(codes).toEqual(["FORBIDDEN", "FORBIDDEN", "UNAUTHORIZED", "FORBIDDEN", "FORBIDDEN"]);
    const foreign = { ...where, eventSlug: other.slug };
    const otherLead = await callAs(await makeLead(other.trackId));
    expect(await codeOf(otherLead.rulings.settle({ ...foreign, ruling: ruling() }))).toBe(
      "NOT_FOUND",
    );
  });

  it("when it is none, when it has changed since it was read, or out of season", async () => {
    const { event, alpha, where } = await makeDispute();
    const lead = await callAs(await makeLead(event.trackId));
    await push(event, alpha, [item({ startedAt: "2026-11-20T09:00:00Z" })]);
    expect(await refusal(lead.rulings.settle({ ...where, ruling: ruling() }))).toBe(
      "CONFLICT: Another result has come in since you opened the page: read it first.",
    );
    await push(event, await event.tokenOf("beta"), [item({ startedAt: "2026-11-20T11:00:00Z" })]);
    expect(await refusal(lead.rulings.settle({ ...where, ruling: ruling({ attempts: 4 }) }))).toBe(
      "CONFLICT: Only a disputed cell is settled; this one is confirmed by its sides. Look at it again.",
    );
    await db.interopEvent.update({ where: { id: event.eventId }, data: { phase: "published" } });
    expect(
      await refusal(lead.rulings.settle({ ...where, ruling: ruling({ attempts: 4 }) })),
    ).toMatch(/^CONFLICT: Not possible while the event is in published/);
  });

  it("with an unknown party at fault, or a fault that fits no cause", async () => {
    const { event, where } = await makeDispute();
    const lead = await callAs(await makeLead(event.trackId));
    expect(
      await refusal(lead.rulings.settle({ ...where, ruling: ruling({ atFault: ["gamma"] }) })),
    ).toMatch(/'gamma' is none of the parties/);
    expect(
      await codeOf(lead.rulings.settle({ ...where, ruling: ruling({ cause: "network" }) })),
    ).toBe("BAD_REQUEST");
    expect((await theCell(event)).state).toBe("disputed");
  });
});

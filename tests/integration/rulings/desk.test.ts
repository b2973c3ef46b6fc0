import { describe, expect, it } from "vitest";
import { db } from "@/lib/db/client";
import { callAs, makeLead, makeMember, makeOrganizer, makePerson } from "@/tests/factories/caller";
import { makeEvent } from "@/tests/factories/event";
import { codeOf, refusal } from "@/tests/factories/own-entry";
import { item, push } from "@/tests/factories/push";
import { queriesOf } from "@/tests/factories/queries";

/** Alpha has reported, beta is silent and has two members. */
async function makeReported(options: Parameters<typeof makeEvent>[0] = {}) {
  const event = await makeEvent(options);
  await push(event, await event.tokenOf("alpha"), [item()]);
  const members = [
    await makeMember(event.entryIds.beta ?? ""),
    await makeMember(event.entryIds.beta ?? ""),
  ];
  const { id: cellId } = await db.cell.findFirstOrThrow({ where: { eventId: event.eventId } });
  const where = { eventSlug: event.slug, trackSlug: "calls", cellId };
  return { event, members, where, lead: await callAs(await makeLead(event.trackId)) };
}

describe("a nudge", () => {
  it("mails the members of the silent entry, once in six hours", async () => {
    const { event, members, where, lead } = await makeReported();
    expect((await lead.rulings.ofCell(where)).silent).toEqual([
      { entry: "beta", name: "beta", nudgedAt: null },
    ]);
    await lead.rulings.nudge({ ...where, entrySlug: "beta" });
    const people = await db.person.findMany({ where: { id: { in: members } } });
    const mails = await db.mail.findMany({
      where: { recipient: { in: people.flatMap(({ email }) => email ?? []) } },
    });
    expect(mails).toHaveLength(2);
    expect(mails[0]?.subject).toBe(`${event.slug}: C-1 with alpha waits for beta's word`);
    expect(mails[0]?.text).toContain(`/events/${event.slug}/tracks/calls/cells/${where.cellId}`);
    expect(mails[0]?.text).toContain("alpha reported how C-1");
    const again = await refusal(lead.rulings.nudge({ ...where, entrySlug: "beta" }));
    expect(again).toMatch(/^CONFLICT: beta was nudged at .* UTC; once in 6 hours is enough\.$/);
    await db.nudge.updateMany({
      where: { cellId: where.cellId },
      data: { createdAt: new Date(Date.now() - 7 * 3_600_000) },
    });
    await lead.rulings.nudge({ ...where, entrySlug: "beta" });
    expect(await db.nudge.count({ where: { cellId: where.cellId } })).toBe(2);
    const logged = await db.eventLog.count({ where: { eventId: event.eventId, kind: "nudge" } });
    expect(logged).toBe(2);
  });

  it("says nothing of a restricted track but that there is something", async () => {
    const { event, where, lead } = await makeReported({ restricted: true });
    await lead.rulings.nudge({ ...where, entrySlug: "beta" });
    const [mail] = await db.mail.findMany({ where: { subject: { startsWith: event.slug } } });
    const said = `${mail?.subject}\n${mail?.text}`;
    expect(said).toContain(`/cells/${where.cellId}`);
    for (const secret of ["alpha", "C-1", "Test C-1"]) expect(said).not.toContain(secret);
  });

  it("is not for who has spoken, who is no party, or a cell that waits for nobody", async () => {
    const { event, where, lead } = await makeReported({
      entries: [{ slug: "alpha" }, { slug: "beta" }, { slug: "gamma" }],
    });
    const nudge = (entrySlug: string) => refusal(lead.rulings.nudge({ ...where, entrySlug }));
    expect(await nudge("alpha")).toMatch(/^CONFLICT: alpha has spoken already/);
    expect(await nudge("gamma")).toMatch(/^CONFLICT: gamma has spoken already, or is not asked to/);
    expect(await nudge("delta")).toMatch(/^NOT_FOUND/);
    await push(event, await event.tokenOf("beta"), [item()]);
    expect(await nudge("beta")).toMatch(/^CONFLICT/);
    expect(await db.nudge.count({ where: { cellId: where.cellId } })).toBe(0);
  });

  it("is the lead's and the organizers' alone", async () => {
    const { event, members, where } = await makeReported();
    const nudge = async (id: string | null) =>
      codeOf((await callAs(id)).rulings.nudge({ ...where, entrySlug: "beta" }));
    expect(await nudge(members[0] ?? "")).toBe("FORBIDDEN");
    expect(await nudge(await makePerson())).toBe("FORBIDDEN");
    expect(await nudge(null)).toBe("UNAUTHORIZED");
    expect(await nudge(await makeOrganizer(event.eventId))).toBe("done");
  });
});

describe("a remark on a cell", () => {
  it("is told to whoever sees the cell, changed, and taken away", async () => {
    const { members, where, lead } = await makeReported();
    await lead.rulings.annotate({ ...where, note: "passes only with `--fast`" });
    const participant = await callAs(members[0] ?? "");
    expect((await participant.rulings.ofCell(where)).note).toMatchObject({
      text: "passes only with `--fast`",
      by: "Lead",
    });
    expect(await codeOf(participant.rulings.annotate({ ...where, note: "no" }))).toBe("FORBIDDEN");
    await lead.rulings.annotate({ ...where, note: " " });
    expect((await participant.rulings.ofCell(where)).note).toBeNull();
  });

  it("of a restricted track is told to its parties, and to nobody else", async () => {
    const { event, members, where, lead } = await makeReported({
      restricted: true,
      visibility: "public",
      entries: [{ slug: "alpha" }, { slug: "beta" }, { slug: "gamma" }],
    });
    await lead.rulings.annotate({ ...where, note: "crashes" });
    const ask = async (id: string | null) => codeOf((await callAs(id)).rulings.ofCell(where));
    expect(await ask(members[0] ?? "")).toBe("done");
    expect(await ask(await makeMember(event.entryIds.gamma ?? ""))).toBe("NOT_FOUND");
    expect(await ask(null)).toBe("NOT_FOUND");
  });

  it("is read in three queries for a lead, however much was said", async () => {
    const { event, where, lead } = await makeReported();
    const few = await queriesOf(() => lead.rulings.ofCell(where));
    await lead.rulings.annotate({ ...where, note: "slow" });
    await lead.rulings.nudge({ ...where, entrySlug: "beta" });
    await push(event, await event.tokenOf("beta"), [item({ outcome: "fail" })]);
    const ruling = { outcome: "fail", cause: "unknown", atFault: [], reason: "So.", attempts: 2 };
    await lead.rulings.settle({
      ...where,
      ruling: { ...ruling, outcome: "fail", cause: "unknown" },
    });
    expect(await queriesOf(() => lead.rulings.ofCell(where))).toBe(few);
  });
});

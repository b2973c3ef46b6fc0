import { describe, expect, it } from "vitest";
import { db } from "@/lib/db/client";
import { callAs, makeLead, makeMember, makeOrganizer, makePerson } from "@/tests/factories/caller";
import { type MadeEvent, makeEvent } from "@/tests/factories/event";
import { codeOf, refusal } from "@/tests/factories/own-entry";
import { item, push } from "@/tests/factories/push";

async function makeDay(options: Parameters<typeof makeEvent>[0] = {}) {
  const event = await makeEvent(options);
  const leadId = await makeLead(event.trackId);
  const lead = await callAs(leadId);
  const where = { eventSlug: event.slug, trackSlug: "calls" };
  const [today] = await lead.dayNotes.days(where);
  const day = today?.day ?? "";
  const note = (over = {}) => ({ ...where, note: { day, body: "It *works*.", seen: "", ...over } });
  const seen = async () => (await lead.dayNotes.byDay({ ...where, day })).note?.updatedAt ?? "";
  return { event, leadId, lead, where, day, note, seen };
}

describe("the draft of a day's note", () => {
  it("is made of what was confirmed, settled and fixed on that day, in the event's zone", async () => {
    const { event, lead, where, day } = await makeDay();
    const [alpha, beta] = [await event.tokenOf("alpha"), await event.tokenOf("beta")];
    await push(event, alpha, [item(), item({ test: "C-2" })]);
    await push(event, beta, [item(), item({ test: "C-2", outcome: "fail" })]);
    const { id } = await db.project.findFirstOrThrow({
      where: { entries: { some: { id: event.entryIds.beta ?? "" } } },
    });
    const issue = { eventId: event.eventId, trackId: event.trackId, kind: "bug", projectId: id };
    await db.issue.createMany({
      data: [
        { ...issue, number: 1, title: "Crash", state: "fixedLive", closedAt: new Date() },
        { ...issue, number: 2, title: "Old", state: "fixedLive", closedAt: new Date(0) },
        { ...issue, number: 3, title: "Open", state: "open" },
      ],
    });
    const draft = async () => (await lead.dayNotes.byDay({ ...where, day })).draft;
    expect(await draft()).toBe(
      [
        "# Confirmed",
        "",
        "- **C-1** Test C-1: pass: alpha × beta",
        "",
        "# Fixed",
        "",
        "- #1 Crash (beta), fixed on the spot",
        "",
        "1 cell was disputed at the end of the day.",
      ].join("\n"),
    );
    const cell = await db.cell.findFirstOrThrow({
      where: { eventId: event.eventId, state: "disputed" },
    });
    await lead.rulings.settle({
      ...where,
      cellId: cell.id,
      ruling: { outcome: "fail", cause: "network", atFault: [], reason: "A cable.", attempts: 2 },
    });
    expect(await draft()).toContain(
      "- **C-2** Test C-2: alpha × beta, fail (cause: network or configuration)",
    );
    expect((await lead.dayNotes.byDay({ ...where, day: "2020-01-01" })).draft).toBe(
      "Nothing was confirmed on this day.",
    );
  });
});

describe("a day's note", () => {
  it("is kept, posted on the event's page, changed there and taken back", async () => {
    const { event, lead, day, note, seen, where } = await makeDay();
    const member = await callAs(await makeMember(event.entryIds.alpha ?? ""));
    const posted = async () => (await member.dayNotes.posted({ eventSlug: event.slug })).length;
    await lead.dayNotes.save(note());
    expect(await posted()).toBe(0);
    await lead.dayNotes.post(note({ body: "It **works**.", seen: await seen() }));
    expect(await member.dayNotes.posted({ eventSlug: event.slug })).toMatchObject([
      { day, body: "It **works**.", by: "Lead", track: { slug: "calls", title: "Calls" } },
    ]);
    expect(await lead.dayNotes.days(where)).toContainEqual({
      day,
      isWritten: true,
      isPosted: true,
    });
    await lead.dayNotes.save(note({ body: "It worked.", seen: await seen() }));
    expect(await member.dayNotes.posted({ eventSlug: event.slug })).toMatchObject([
      { body: "It worked." },
    ]);
    await lead.dayNotes.takeBack(note({ seen: await seen() }));
    expect(await posted()).toBe(0);
    const audit = await db.audit.count({
      where: { eventId: event.eventId, action: "dayNote.write" },
    });
    expect(audit).toBe(4);
  });

  it("is not overwritten unread, nor posted empty, nor written by others or out of season", async () => {
    const { event, lead, note, seen } = await makeDay();
    await lead.dayNotes.save(note());
    expect(await refusal(lead.dayNotes.save(note()))).toMatch(/^CONFLICT: Somebody has written/);
    expect(await codeOf(lead.dayNotes.post(note({ body: " ", seen: await seen() })))).toBe(
      "UNPROCESSABLE_CONTENT",
    );
    const other = await makeEvent();
    const tries = async (id: string | null) =>
      codeOf((await callAs(id)).dayNotes.save(note({ seen: await seen() })));
    expect(await tries(await makeMember(event.entryIds.alpha ?? ""))).toBe("FORBIDDEN");
    expect(await tries(await makeLead(other.trackId))).toBe("FORBIDDEN");
    expect(await tries(null)).toBe("UNAUTHORIZED");
    await db.interopEvent.update({ where: { id: event.eventId }, data: { phase: "published" } });
    expect(await refusal(lead.dayNotes.save(note({ seen: await seen() })))).toMatch(
      /^CONFLICT: Not/,
    );
  });
});

describe("posted notes", () => {
  const read = async (event: MadeEvent, id: string | null) =>
    (await callAs(id)).dayNotes.posted({ eventSlug: event.slug }).then(
      (notes) => notes.length,
      ({ code }: { code: string }) => code,
    );

  it("are for those who see the results", async () => {
    const { event, lead, note } = await makeDay();
    await lead.dayNotes.post(note());
    expect(await read(event, null)).toBe("UNAUTHORIZED");
    expect(await read(event, await makePerson())).toBe("FORBIDDEN");
    await db.interopEvent.update({ where: { id: event.eventId }, data: { visibility: "public" } });
    expect(await read(event, null)).toBe(1);
  });

  it("of a restricted track are for its leads and the organizers", async () => {
    const { event, leadId, lead, note } = await makeDay({ restricted: true, visibility: "public" });
    await lead.dayNotes.post(note());
    const people = [null, await makeMember(event.entryIds.alpha ?? ""), leadId];
    expect(await Promise.all(people.map((id) => read(event, id)))).toEqual([0, 0, 1]);
    expect(await read(event, await makeOrganizer(event.eventId))).toBe(1);
  });

  it("are public after publication only where everybody they may name agreed", async () => {
    const { event, lead, leadId, note } = await makeDay();
    await lead.dayNotes.post(note());
    await db.interopEvent.update({ where: { id: event.eventId }, data: { phase: "published" } });
    expect([await read(event, null), await read(event, leadId)]).toEqual([0, 1]);
    await db.entry.updateMany({
      where: { eventId: event.eventId },
      data: { consentNamed: true, consentPassing: true, consentFailing: true },
    });
    expect(await read(event, null)).toBe(1);
  });
});

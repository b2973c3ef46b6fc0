import { describe, expect, it } from "vitest";
import { db } from "@/lib/db/client";
import type { Phase } from "@/lib/events/schema";
import { callAs, makeLead, makeMember, makeOrganizer, makePerson } from "@/tests/factories/caller";
import { type MadeEvent, makeEvent } from "@/tests/factories/event";
import { codeOf, refusal } from "@/tests/factories/own-entry";
import { item, push } from "@/tests/factories/push";

const settings = (over: Record<string, unknown> = {}) => ({
  label: "OpenSIPIt'04",
  intro: "The fourth.",
  place: "Online",
  startsOn: "2026-11-20",
  endsOn: "2026-11-24",
  zone: "Europe/Bucharest",
  visibility: "public" as const,
  entryPolicy: "open" as const,
  unmappedNames: "refuse" as const,
  sponsors: [{ name: "Sippy Software", url: "https://example.org/", note: "machines" }],
  ...over,
});
const rowOf = ({ eventId }: MadeEvent) =>
  db.interopEvent.findUniqueOrThrow({ where: { id: eventId } });
const organizerOf = async (event: MadeEvent) => callAs(await makeOrganizer(event.eventId));

describe("an event's settings", () => {
  it("are changed by its organizers, audited and told", async () => {
    const event = await makeEvent();
    const me = await organizerOf(event);
    const where = { eventSlug: event.slug };
    const before = await rowOf(event);
    await me.events.changeSettings({ ...where, settings: settings() });
    const after = await rowOf(event);
    expect(after).toMatchObject({
      label: "OpenSIPIt'04",
      visibility: "public",
      entryPolicy: "open",
      unmappedNames: "refuse",
      startsAt: new Date("2026-11-19T22:00:00Z"),
      endsAt: new Date("2026-11-24T21:59:00Z"),
      catalogueVersion: before.catalogueVersion + 1,
    });
    expect(await me.events.settings(where)).toMatchObject(settings());
    const { sponsors } = await (await callAs(null)).events.byName(where);
    expect(sponsors).toEqual(settings().sponsors);
    expect(await db.eventLog.count({ where: { eventId: event.eventId, kind: "settings" } })).toBe(
      1,
    );
    expect(
      await db.audit.count({ where: { eventId: event.eventId, action: "event.manage" } }),
    ).toBe(1);
  });

  it("keep the hour of a day that stays the same", async () => {
    const event = await makeEvent();
    const me = await organizerOf(event);
    const startsAt = new Date("2026-11-20T09:00:00Z");
    await db.interopEvent.update({ where: { id: event.eventId }, data: { startsAt } });
    await me.events.changeSettings({ eventSlug: event.slug, settings: settings() });
    expect((await rowOf(event)).startsAt).toEqual(startsAt);
  });

  it.each([
    ["a zone that nobody knows", { zone: "Mars/Olympus" }],
    ["a day that is none", { startsOn: "2026-02-30" }],
    ["an end before the start", { startsOn: "2026-11-24", endsOn: "2026-11-20" }],
    ["an end without a start", { startsOn: "" }],
    ["no label", { label: " " }],
    [
      "a sponsor with a script for an address",
      { sponsors: [{ name: "S", url: "javascript:alert(1)" }] },
    ],
  ])("are refused with %s", async (_, wrong) => {
    const event = await makeEvent();
    const me = await organizerOf(event);
    const asked = me.events.changeSettings({ eventSlug: event.slug, settings: settings(wrong) });
    expect(await codeOf(asked)).toBe("BAD_REQUEST");
  });
});

describe("an event's phase", () => {
  const move = async (event: MadeEvent, from: Phase, to: Phase) =>
    refusal((await organizerOf(event)).events.movePhase({ eventSlug: event.slug, from, to }));

  it("goes from draft to review step by step, and testing can be reopened", async () => {
    const event = await makeEvent({ phase: "draft" });
    expect(await move(event, "draft", "registration")).toBe("done");
    expect(await move(event, "registration", "testing")).toBe("done");
    await push(event, await event.tokenOf(null), [item()]);
    expect(await move(event, "testing", "registration")).toContain(
      "CONFLICT: There are results already",
    );
    expect(await move(event, "testing", "review")).toBe("done");
    expect((await rowOf(event)).testingEndedAt).toBeInstanceOf(Date);
    const late = await push(event, await event.tokenOf(null), [
      item({ startedAt: new Date(Date.now() + 60_000).toISOString() }),
    ]);
    expect(late).toMatchObject({ accepted: 0, rejected: 1 });
    expect(await move(event, "review", "testing")).toBe("done");
    expect(await rowOf(event)).toMatchObject({ phase: "testing", testingEndedAt: null });
    expect(await db.eventLog.count({ where: { eventId: event.eventId, kind: "phase" } })).toBe(4);
    expect(
      await db.audit.count({ where: { eventId: event.eventId, action: "event.manage" } }),
    ).toBe(4);
  });

  it("is published by its summary only, and never goes back from there", async () => {
    const event = await makeEvent({ phase: "review" });
    expect(await move(event, "review", "published")).toContain("published with its summary");
    await db.interopEvent.update({ where: { id: event.eventId }, data: { phase: "published" } });
    expect(await move(event, "published", "review")).toContain("never goes back");
  });

  it("does not go back to draft once somebody has entered", async () => {
    const event = await makeEvent({ phase: "registration" });
    expect(await move(event, "registration", "draft")).toBe(
      "CONFLICT: 2 projects have entered: a draft would hide the event from them.",
    );
    expect(
      await move(await makeEvent({ phase: "registration", entries: [] }), "registration", "draft"),
    ).toBe("done");
  });

  it("stays when somebody else has moved it meanwhile", async () => {
    const event = await makeEvent({ phase: "review" });
    expect(await move(event, "testing", "review")).toBe(
      "CONFLICT: The event is in review by now; look again before moving it.",
    );
  });

  it("and settings are the organizers' own", async () => {
    const event = await makeEvent();
    const people = [
      null,
      await makePerson(),
      await makeMember(event.entryIds.alpha ?? ""),
      await makeLead(event.trackId),
      await makeOrganizer((await makeEvent()).eventId),
    ];
    const where = { eventSlug: event.slug };
    for (const [at, id] of people.entries()) {
      const caller = await callAs(id);
      const answers = [
        await codeOf(caller.events.settings(where)),
        await codeOf(caller.events.changeSettings({ ...where, settings: settings() })),
        await codeOf(caller.events.movePhase({ ...where, from: "testing", to: "review" })),
      ];
      expect(new Set(answers)).toEqual(new Set([at === 0 ? "UNAUTHORIZED" : "FORBIDDEN"]));
    }
    expect((await rowOf(event)).phase).toBe("testing");
  });
});

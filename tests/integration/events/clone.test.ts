import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { db } from "@/lib/db/client";
import { callAs, makeLead, makeMember, makeOrganizer, makePerson } from "@/tests/factories/caller";
import { makeEvent, makeTest } from "@/tests/factories/event";
import { codeOf, refusal } from "@/tests/factories/own-entry";
import { item, push } from "@/tests/factories/push";
import { makeCast, makeOtherTrack, save, saveForAll } from "@/tests/factories/saved-view";

const edition = () => ({ slug: `next-${randomUUID().slice(0, 8)}`, label: "The next" });

describe("the next edition", () => {
  it("has the tracks, roles and tests of the one before, by lineage, and nothing that happened", async () => {
    const event = await makeEvent({
      restricted: true,
      tests: [
        makeTest("C-1", { variants: { mtu: ["300", "1500"] }, aliases: ["call_1"] }),
        makeTest("C-2"),
      ],
    });
    await push(event, await event.tokenOf(null), [item({ variant: { mtu: "300" } })]);
    await db.testCase.updateMany({
      where: { trackId: event.trackId, key: "C-2" },
      data: { retiredAt: new Date() },
    });
    const organizerId = await makeOrganizer(event.eventId);
    const me = await callAs(organizerId);
    const next = edition();
    expect(await me.events.clone({ eventSlug: event.slug, edition: next })).toEqual({
      slug: next.slug,
    });

    const made = await db.interopEvent.findUniqueOrThrow({
      where: { slug: next.slug },
      include: {
        series: true,
        entries: true,
        organizers: true,
        tracks: { include: { roles: { orderBy: { position: "asc" } }, tests: true, leads: true } },
      },
    });
    const before = await db.testCase.findFirstOrThrow({
      where: { trackId: event.trackId, key: "C-1" },
    });
    expect(made).toMatchObject({
      phase: "draft",
      label: "The next",
      clonedFromId: event.eventId,
      startsAt: null,
      entries: [],
      series: { slug: `series-${event.slug}` },
      organizers: [{ personId: organizerId }],
      tracks: [
        {
          slug: "calls",
          restricted: true,
          leads: [],
          roles: [{ key: "uac" }, { key: "uas" }, { key: "proxy" }],
          tests: [
            {
              key: "C-1",
              version: 1,
              lineage: before.lineage,
              variants: { mtu: ["300", "1500"] },
              aliases: ["call_1"],
              body: before.body,
            },
          ],
        },
      ],
    });
    expect(made.tracks[0]?.tests[0]?.id).not.toBe(before.id);
    expect(await db.cell.count({ where: { eventId: made.id } })).toBe(0);
    expect(await db.audit.count({ where: { action: "event.clone", subject: made.id } })).toBe(2);
    expect(
      await (await callAs(organizerId)).events.settings({ eventSlug: next.slug }),
    ).toMatchObject({
      phase: "draft",
      series: event.slug,
    });
  });

  it("has the views for everybody, in their tracks, but none of a person, an entry or a moment", async () => {
    const { event, ann, lead } = await makeCast();
    const { lead: otherLead } = await makeOtherTrack(event);
    await db.entry.update({
      where: { id: event.entryIds.alpha ?? "" },
      data: { name: "Kam Gateway" },
    });
    await save(event, ann, { name: "Ann's own" });
    const shared = [
      { name: "Disputed", query: "?state=disputed&sort=attention" },
      { name: "At that moment", query: "?state=disputed&asOf=12" },
      { name: "What beta broke", query: "?outcome=fail" },
      { name: "Of one", query: "?entry=beta" },
      { name: "Quoted", query: '?q=with:"Kam Gateway"' },
    ];
    for (const view of shared) await saveForAll(event, lead, view);
    await (await callAs(otherLead)).savedViews.saveForAll({
      ...{ eventSlug: event.slug, trackSlug: "other" },
      view: { name: "Failed", query: "?outcome=fail" },
    });
    const organizer = await makeOrganizer(event.eventId);
    const next = edition();
    await (await callAs(organizer)).events.clone({ eventSlug: event.slug, edition: next });
    const views = await db.savedView.findMany({
      where: { event: { slug: next.slug } },
      orderBy: { name: "asc" },
      select: {
        ...{ name: true, query: true, personId: true, createdBy: true },
        track: { select: { slug: true, event: { select: { slug: true } } } },
      },
    });
    const all = { personId: null };
    expect(views).toEqual([
      {
        ...{ ...all, name: "Disputed", query: "?state=disputed&sort=attention", createdBy: lead },
        track: { slug: "calls", event: { slug: next.slug } },
      },
      {
        ...{ ...all, name: "Failed", query: "?outcome=fail", createdBy: otherLead },
        track: { slug: "other", event: { slug: next.slug } },
      },
    ]);
    const { savedViews } = await callAs(organizer);
    expect(await savedViews.list({ eventSlug: next.slug })).toMatchObject([
      { name: "Disputed", isOwn: false, mayChange: true },
      { name: "Failed", isOwn: false, mayChange: true },
    ]);
    // Those of the edition before stay there, and what becomes of one is nothing to the other.
    expect(await db.savedView.count({ where: { eventId: event.eventId } })).toBe(7);
  });

  it("is made by the organizers of this one, under a short name that nobody has", async () => {
    const event = await makeEvent();
    const where = { eventSlug: event.slug };
    const people = [
      null,
      await makePerson(),
      await makeMember(event.entryIds.alpha ?? ""),
      await makeLead(event.trackId),
      await makeOrganizer((await makeEvent()).eventId),
    ];
    const answers = [];
    for (const id of people) {
      answers.push(await codeOf((await callAs(id)).events.clone({ ...where, edition: edition() })));
    }
    expect(answers).toEqual(["UNAUTHORIZED", "FORBIDDEN", "FORBIDDEN", "FORBIDDEN", "FORBIDDEN"]);
    const me = await callAs(await makeOrganizer(event.eventId));
    const taken = me.events.clone({ ...where, edition: { slug: event.slug, label: "Again" } });
    expect(await refusal(taken)).toBe(
      `CONFLICT: There is an event '${event.slug}' already. Choose another short name.`,
    );
  });
});

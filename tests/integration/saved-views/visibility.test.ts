import { describe, expect, it } from "vitest";
import { database, db } from "@/lib/db/client";
import { callAs, makeLead, makeMember, makeOrganizer, makePerson } from "@/tests/factories/caller";
import { makeEvent } from "@/tests/factories/event";
import { codeOf, refusal } from "@/tests/factories/own-entry";
import { queriesOf } from "@/tests/factories/queries";
import {
  DISPUTED,
  inCalls,
  list,
  makeCast,
  makeOtherTrack,
  names,
  save,
  saveForAll,
} from "@/tests/factories/saved-view";

describe("who may not see a matrix", () => {
  it("neither reads nor keeps views of it", async () => {
    const { event, lead } = await makeCast();
    await saveForAll(event, lead);
    const stranger = await makePerson();
    expect(await codeOf(list(event, stranger))).toBe("FORBIDDEN");
    expect(await codeOf(list(event, null))).toBe("UNAUTHORIZED");
    expect(await refusal(save(event, stranger))).toMatch(/^FORBIDDEN: Views are kept by those/);
  });

  it("finds nothing of a draft, and no track and no view of another event", async () => {
    const { event, ann, lead } = await makeCast();
    const draft = await makeEvent({ phase: "draft" });
    expect(await codeOf(save(draft, ann))).toBe("NOT_FOUND");
    const { id: viewId } = await saveForAll(event, lead);
    const other = await makeEvent();
    const { savedViews } = await callAs(await makeOrganizer(other.eventId));
    const where = { ...inCalls(other), viewId };
    expect(await codeOf(savedViews.remove(where))).toBe("NOT_FOUND");
    expect(await codeOf(savedViews.rename({ ...where, view: { name: "x" } }))).toBe("NOT_FOUND");
    const { trackId } = await makeOtherTrack(event);
    expect(trackId).not.toBe("");
    const wrongTrack = { eventSlug: event.slug, trackSlug: "other", viewId };
    const organizer = await callAs(await makeOrganizer(event.eventId));
    expect(await codeOf(organizer.savedViews.remove(wrongTrack))).toBe("NOT_FOUND");
    const nowhere = { eventSlug: event.slug, trackSlug: "none", view: DISPUTED };
    expect(await codeOf(organizer.savedViews.save(nowhere))).toBe("NOT_FOUND");
  });

  it("is told of no view of a restricted track, by list, palette or refusal", async () => {
    const event = await makeEvent({
      restricted: true,
      visibility: "public",
      entries: [{ slug: "alpha" }, { slug: "beta" }, { slug: "gamma" }],
    });
    await db.entryTrack.deleteMany({ where: { entryId: event.entryIds.gamma ?? "" } });
    const lead = await makeLead(event.trackId);
    const { id: viewId } = await saveForAll(event, lead, { name: "A secret crash" });
    const { lead: otherLead } = await makeOtherTrack(event);
    const outsiders = [
      null,
      await makePerson(),
      await makeMember(event.entryIds.gamma ?? ""),
      otherLead,
    ];
    const labels = async (personId: string | null) =>
      (await (await callAs(personId)).palettes.places({ eventSlug: event.slug })).map(
        ({ label }) => label,
      );
    for (const outsider of outsiders) {
      expect(await names(event, outsider)).toEqual([]);
      expect(await labels(outsider)).not.toContain("A secret crash");
      const { savedViews } = await callAs(outsider);
      expect(await savedViews.list(inCalls(event))).toEqual([]);
      const refused = outsider === null ? "UNAUTHORIZED" : "NOT_FOUND";
      expect(await codeOf(save(event, outsider))).toBe(refused);
      expect(await codeOf(savedViews.remove({ ...inCalls(event), viewId }))).toBe(refused);
    }
    const ann = await makeMember(event.entryIds.alpha ?? "");
    for (const insider of [ann, lead, await makeOrganizer(event.eventId)]) {
      expect(await names(event, insider)).toEqual(["A secret crash"]);
      expect(await labels(insider)).toContain("A secret crash");
    }
  });

  it("is told nothing any more of a view kept while they had a part", async () => {
    const event = await makeEvent({ restricted: true });
    const ann = await makeMember(event.entryIds.alpha ?? "");
    await save(event, ann);
    await db.entryTrack.deleteMany({ where: { entryId: event.entryIds.alpha ?? "" } });
    expect(await names(event, ann)).toEqual([]);
  });
});

describe("a view that names somebody who has not agreed to be named", () => {
  it("is told to no outsider of a published event, also where it is a quotation", async () => {
    const { event, ann, lead } = await makeCast({ visibility: "public" });
    const of = (slug: "alpha" | "beta") => ({ where: { id: event.entryIds[slug] ?? "" } });
    await db.entry.update({ ...of("alpha"), data: { name: "Kam Gateway" } });
    const agreed = { consentNamed: true, consentPassing: true, consentFailing: true };
    await db.entry.update({ ...of("beta"), data: agreed });
    const kept = [
      { name: "Theirs", query: "?entry=alpha" },
      { name: "Quoted", query: '?q=with:"Kam Gateway"' },
      { name: "Kam Gateway fails", query: "?outcome=fail" },
      { name: "Of beta", query: "?entry=beta" },
    ];
    for (const view of kept) await saveForAll(event, lead, view);
    await db.interopEvent.update({ where: { id: event.eventId }, data: { phase: "published" } });
    for (const outsider of [null, await makePerson()])
      expect(await names(event, outsider)).toEqual(["Of beta"]);
    expect(await names(event, ann)).toHaveLength(4);
  });
});

describe("saved views", () => {
  it("go with their person and their track; the event's stay when their maker goes", async () => {
    const { event, ann, lead } = await makeCast();
    await save(event, ann);
    await saveForAll(event, lead, { name: "Shared" });
    const count = async () => {
      const { rows } = await database().pool.query<{ name: string }>(
        "SELECT name FROM saved_view WHERE event_id = $1 ORDER BY name",
        [event.eventId],
      );
      return rows.map(({ name }) => name);
    };
    await db.person.deleteMany({ where: { id: { in: [ann, lead] } } });
    expect(await count()).toEqual(["Shared"]);
    await db.track.delete({ where: { id: event.trackId } });
    expect(await count()).toEqual([]);
  });

  it("are found by name in the palette, in as many queries as there were without", async () => {
    const { event, ann, lead } = await makeCast();
    const caller = await callAs(ann);
    const places = () => caller.palettes.places({ eventSlug: event.slug });
    const before = await queriesOf(places);
    await saveForAll(event, lead);
    await save(event, ann, { name: "Ours", query: "?entry=alpha" });
    expect(await queriesOf(places)).toBe(before);
    expect(await queriesOf(() => caller.savedViews.list({ eventSlug: event.slug }))).toBe(2);
    const base = `/events/${event.slug}`;
    expect((await places()).filter(({ group }) => group === "view")).toEqual([
      {
        ...{ group: "view", label: "Disputed", hint: "calls" },
        path: `${base}/tracks/calls?state=disputed`,
      },
      {
        ...{ group: "view", label: "Ours", hint: "calls" },
        path: `${base}/tracks/calls?entry=alpha`,
      },
    ]);
    expect(await places()).toContainEqual({
      ...{ group: "page", label: "Saved views", hint: "", path: `${base}/views` },
    });
  });
});

import { describe, expect, it } from "vitest";
import { database, db } from "@/lib/db/client";
import { callAs, makeMember, makeOrganizer, makePerson } from "@/tests/factories/caller";
import { codeOf, refusal } from "@/tests/factories/own-entry";
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

describe("a view of one's own", () => {
  it("is kept as the page would write it, and told to nobody else", async () => {
    const { event, ann, bob, lead } = await makeCast();
    const { id } = await save(event, ann, { query: "?test=C-1&cell=5&entry=alpha&x=1" });
    expect(await list(event, ann)).toEqual([
      {
        ...{ id, name: "Disputed", query: "?entry=alpha&test=C-1" },
        ...{ isOwn: true, mayChange: true, mayShare: false },
        track: { slug: "calls", title: "Calls", restricted: false },
      },
    ]);
    for (const other of [bob, lead, await makeOrganizer(event.eventId)]) {
      expect(await names(event, other)).toEqual([]);
    }
    const audit = await db.audit.findMany({
      where: { eventId: event.eventId, action: "savedView.keep" },
    });
    expect(audit).toMatchObject([{ personId: ann, subject: id, detail: { did: "save" } }]);
    expect(JSON.stringify(audit.map(({ detail }) => detail))).not.toContain("Disputed");
  });

  it("may be a snapshot", async () => {
    const { event, ann } = await makeCast();
    await save(event, ann, { query: "?asOf=12&state=disputed" });
    expect((await list(event, ann))[0]?.query).toBe("?state=disputed&asOf=12");
  });

  it("is renamed and deleted by its person, and is nothing to others", async () => {
    const { event, ann, bob, lead } = await makeCast();
    const { id: viewId } = await save(event, ann);
    const where = { ...inCalls(event), viewId };
    const view = { name: "Where we disagree" };
    for (const other of [bob, lead, await makeOrganizer(event.eventId)]) {
      const { savedViews } = await callAs(other);
      expect(await codeOf(savedViews.rename({ ...where, view }))).toBe("NOT_FOUND");
      expect(await codeOf(savedViews.remove(where))).toBe("NOT_FOUND");
    }
    const { savedViews } = await callAs(lead);
    expect(await codeOf(savedViews.share(where))).toBe("NOT_FOUND");
    const mine = (await callAs(ann)).savedViews;
    await mine.rename({ ...where, view });
    expect(await names(event, ann)).toEqual(["Where we disagree"]);
    await mine.rename({ ...where, view: { name: "where we DISAGREE" } });
    expect(await names(event, ann)).toEqual(["where we DISAGREE"]);
    await mine.remove(where);
    expect(await names(event, ann)).toEqual([]);
    expect(await refusal(mine.remove(where))).toBe(
      "NOT_FOUND: There is no such saved view; it may be deleted.",
    );
  });

  it("has a name of its own among those of its track", async () => {
    const { event, ann, bob, lead } = await makeCast();
    await save(event, ann);
    expect(await refusal(save(event, ann, { name: "DISPUTED" }))).toMatch(
      /^CONFLICT: You have a view named “DISPUTED”/,
    );
    const { id } = await save(event, ann, { name: "Second" });
    const { savedViews } = await callAs(ann);
    const again = { ...inCalls(event), viewId: id, view: { name: "disputed" } };
    expect(await codeOf(savedViews.rename(again))).toBe("CONFLICT");
    await makeOtherTrack(event);
    await savedViews.save({ eventSlug: event.slug, trackSlug: "other", view: DISPUTED });
    await save(event, bob);
    await saveForAll(event, lead);
    expect(await names(event, bob)).toEqual(["Disputed", "Disputed"]);
  });

  it("is not the whole matrix, and is none without a name", async () => {
    const { event, ann } = await makeCast();
    expect(await refusal(save(event, ann, { query: "?state=none" }))).toMatch(/whole matrix/);
    expect(await codeOf(save(event, ann, { name: "  " }))).toBe("BAD_REQUEST");
  });

  it("is refused beyond fifty, in words, also of two that come at once", async () => {
    const { event, ann, bob } = await makeCast();
    await database().pool.query(
      `INSERT INTO saved_view (id, event_id, track_id, person_id, name, name_key, query)
       SELECT gen_random_uuid(), $1, $2, $3, 'View ' || n, 'view ' || n, '?flip=1' FROM generate_series(1, 49) AS n`,
      [event.eventId, event.trackId, ann],
    );
    const answers = await Promise.all(
      ["One", "Two"].map((name) => refusal(save(event, ann, { name }))),
    );
    expect(answers.toSorted()).toEqual([
      "CONFLICT: You have 50 saved views in this event, and no more are kept. Delete one first.",
      "done",
    ]);
    await save(event, bob);
    const [first] = await list(event, ann);
    const where = { ...inCalls(event), viewId: first?.id ?? "" };
    await (await callAs(ann)).savedViews.rename({ ...where, view: { name: "A new name" } });
    expect(await names(event, ann)).toContain("A new name");
  });
});

describe("a view for everybody", () => {
  it("is made, changed and deleted by organizers and the leads of its track", async () => {
    const { event, ann, lead } = await makeCast();
    const organizer = await makeOrganizer(event.eventId);
    const { id: viewId } = await saveForAll(event, lead);
    expect(await list(event, ann)).toMatchObject([{ isOwn: false, mayChange: false }]);
    expect(await list(event, lead)).toMatchObject([{ mayChange: true, mayShare: false }]);
    const where = { ...inCalls(event), viewId };
    const { savedViews } = await callAs(organizer);
    await savedViews.rename({ ...where, view: { name: "To settle" } });
    expect(await names(event, ann)).toEqual(["To settle"]);
    const { lead: stranger, trackId } = await makeOtherTrack(event);
    expect(await names(event, stranger)).toEqual([]);
    const both = await makeMember(event.entryIds.beta ?? "");
    await db.trackLead.create({ data: { trackId, personId: both } });
    for (const other of [ann, both, stranger]) {
      const { savedViews: theirs } = await callAs(other);
      const why = other === stranger ? /^FORBIDDEN: Views/ : /^FORBIDDEN: This view is the event's/;
      expect(await refusal(theirs.remove(where))).toMatch(why);
      expect(await codeOf(theirs.rename({ ...where, view: { name: "x" } }))).toBe("FORBIDDEN");
      expect(await codeOf(saveForAll(event, other, { name: "Mine" }))).toBe("FORBIDDEN");
    }
    await savedViews.remove(where);
    expect(await names(event, ann)).toEqual([]);
    const told = await db.audit.findMany({
      where: { eventId: event.eventId, subject: viewId },
      orderBy: { id: "asc" },
    });
    expect(told.map(({ detail }) => detail)).toEqual([
      { did: "save", name: "Disputed" },
      { did: "rename", name: "To settle" },
      { did: "remove", name: "To settle" },
    ]);
  });

  it("may have been a lead's own, and is shared once", async () => {
    const { event, ann, lead } = await makeCast();
    const { id: viewId } = await save(event, lead);
    expect(await list(event, lead)).toMatchObject([{ isOwn: true, mayShare: true }]);
    const { savedViews } = await callAs(lead);
    const where = { ...inCalls(event), viewId };
    await savedViews.share(where);
    expect(await names(event, ann)).toEqual(["Disputed"]);
    expect(await refusal(savedViews.share(where))).toMatch(/^CONFLICT: This view is for everybody/);
    const { id: twin } = await save(event, lead, { name: "disputed" });
    expect(await refusal(savedViews.share({ ...where, viewId: twin }))).toMatch(
      /^CONFLICT: This track has a view named/,
    );
    const { id: own } = await save(event, ann);
    expect(await codeOf((await callAs(ann)).savedViews.share({ ...where, viewId: own }))).toBe(
      "FORBIDDEN",
    );
  });

  it("is read by visitors of an open event, who keep none until they sign in", async () => {
    const { event, lead } = await makeCast({ visibility: "public" });
    await saveForAll(event, lead);
    expect(await list(event, null)).toMatchObject([{ mayChange: false, mayShare: false }]);
    expect(await codeOf(save(event, null))).toBe("UNAUTHORIZED");
    const onlooker = await makePerson();
    await save(event, onlooker, { name: "Mine" });
    expect(await names(event, onlooker)).toEqual(["Disputed", "Mine"]);
    expect(await names(event, null)).toEqual(["Disputed"]);
  });

  it("is not told to outsiders of a published event where it names who has not agreed to it", async () => {
    const { event, ann, lead } = await makeCast();
    await saveForAll(event, lead, { name: "What beta does" });
    await saveForAll(event, lead, { name: "One entry", query: "?entry=beta" });
    await saveForAll(event, lead, { name: "All that failed", query: "?outcome=fail" });
    await db.interopEvent.update({ where: { id: event.eventId }, data: { phase: "published" } });
    expect(await names(event, null)).toEqual(["All that failed"]);
    expect(await names(event, ann)).toHaveLength(3);
  });
});

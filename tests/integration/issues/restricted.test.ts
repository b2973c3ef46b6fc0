import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { GET as csv } from "@/app/api/v1/events/[eventSlug]/issues.csv/route";
import { GET as json } from "@/app/api/v1/events/[eventSlug]/issues.json/route";
import { db } from "@/lib/db/client";
import { callAs, makeLead, makeMember, makeOrganizer, makePerson } from "@/tests/factories/caller";
import { makeEvent } from "@/tests/factories/event";
import { failedCell, issueOf, raised } from "@/tests/factories/issue";
import { codeOf, refusal } from "@/tests/factories/own-entry";
import { params, request } from "@/tests/factories/push";
import { toPhase } from "@/tests/factories/reviewed";

const ENTRIES = ["alpha", "beta", "gamma", "delta", "omega"].map((slug) => ({ slug }));

/**
 * In a restricted track: an issue on a cell of alpha and beta, against delta, raised by somebody of
 * gamma's who leads the track no more; and one that everybody sees.
 */
async function peopled() {
  const event = await makeEvent({ entries: ENTRIES, restricted: true, visibility: "public" });
  const reporter = await makeMember(event.entryIds.gamma ?? "");
  const cell = await failedCell(event);
  const lead = await db.trackLead.create({ data: { trackId: event.trackId, personId: reporter } });
  const hidden = await raised(event, reporter, { cell, track: "", target: "delta", title: "Hush" });
  await db.trackLead.deleteMany({ where: { personId: lead.personId } });
  const open = await raised(event, reporter, { track: "", title: "For all" });
  const other = await makeEvent();
  const people = {
    visitor: null,
    stranger: await makePerson(),
    reporter,
    party: await makeMember(event.entryIds.beta ?? ""),
    target: await makeMember(event.entryIds.delta ?? ""),
    uninvolved: await makeMember(event.entryIds.omega ?? ""),
    lead: await makeLead(event.trackId),
    otherLead: await makeLead(other.trackId),
    organizer: await makeOrganizer(event.eventId),
  };
  const where = { eventSlug: event.slug };
  return { event, cell, hidden, open, people, where };
}

describe("an issue of a restricted track", () => {
  it("is seen by parties, targets, its reporter, leads and organizers; to others it is not there", async () => {
    const { hidden, open, people, where } = await peopled();
    const seen: Record<string, unknown> = {};
    for (const [who, id] of Object.entries(people)) {
      const me = await callAs(id);
      const { lines, total, targets } = await me.issues.list({ ...where, view: {} });
      const found = await me.issues.list({ ...where, view: { q: "hush" } });
      seen[who] = [
        lines.map(({ number }) => number),
        total,
        targets.length,
        await me.issues.tally(where),
        found.lines.length,
        await refusal(me.issues.byNumber({ ...where, number: hidden })),
      ];
    }
    const all = [[open, hidden], 2, 1, { total: 2, open: 2 }, 1, "done"];
    const none = `NOT_FOUND: There is no issue #${hidden} in this event.`;
    const less = [[open], 1, 0, { total: 1, open: 1 }, 0, none];
    expect(seen).toEqual({
      visitor: less,
      stranger: less,
      reporter: all,
      party: all,
      target: all,
      uninvolved: less,
      lead: all,
      otherLead: less,
      organizer: all,
    });
  });

  it("has a number that tells nothing, and leaves no gap in the others'", async () => {
    const { event, hidden, open, people, where } = await peopled();
    expect([open, hidden >= 100_000]).toEqual([1, true]);
    const lots = await Promise.all(
      Array.from({ length: 5 }, () => raised(event, people.lead, { track: "calls" })),
    );
    expect(new Set([...lots, hidden]).size).toBe(6);
    expect(lots.every((number) => number >= 100_000)).toBe(true);
    expect(await raised(event, people.reporter, { track: "" })).toBe(2);
    const me = await callAs(people.uninvolved);
    const { lines } = await me.issues.list({ ...where, view: {} });
    expect(lines.map(({ number }) => number)).toEqual([2, 1]);
  });

  it("is in no CSV and no JSON of those who may not see it, and they tell no difference", async () => {
    const { event, hidden, where } = await peopled();
    const token = await event.tokenOf("omega");
    const ask = async (twin: typeof csv, query = "") => {
      const response = await twin(
        request(`events/${event.slug}/issues.x${query}`, "GET", { token }),
        params({ eventSlug: event.slug }),
      );
      return response.text();
    };
    const before = [await ask(csv), await ask(json), await ask(json, "?q=hush")];
    expect(before.join("")).not.toMatch(new RegExp(`Hush|${hidden}|delta`));
    expect(JSON.parse(before[1] ?? "")).toMatchObject({
      event: event.slug,
      total: 1,
      issues: [{ number: 1, title: "For all", url: expect.stringContaining("/issues/1") }],
    });
    const lead = await callAs(await makeLead(event.trackId));
    const number = hidden;
    await lead.issues.comment({ ...where, number, comment: { id: randomUUID(), text: "Psst" } });
    await lead.issues.changeState({ ...where, number, change: { state: "known" } });
    expect([await ask(csv), await ask(json), await ask(json, "?q=hush")]).toEqual(before);
  });

  it("shows a party its own cells only, and counts no others", async () => {
    const { event, cell, hidden, people, where } = await peopled();
    const other = await failedCell(event, "gamma", "omega");
    const lead = await callAs(people.lead);
    await lead.issues.addCell({ ...where, number: hidden, cell: other });
    const cellsOf = async (id: string) => {
      const page = await (await callAs(id)).issues.byNumber({ ...where, number: hidden });
      return [page.cells, page.cellLines.map(({ id: of }) => of).sort()];
    };
    expect(await cellsOf(people.party)).toEqual([1, [cell]]);
    expect(await cellsOf(people.target)).toEqual([0, []]);
    expect(await cellsOf(people.lead)).toEqual([2, [cell, other].sort()]);
    // Its party now, who was not before.
    expect(await cellsOf(people.uninvolved)).toEqual([1, [other]]);
    const party = await callAs(people.party);
    const onCell = (cellId: string) =>
      refusal(party.issues.ofCell({ ...where, trackSlug: "calls", cellId }));
    expect([await onCell(cell), await onCell(other)]).toEqual([
      "done",
      "NOT_FOUND: There is no such cell.",
    ]);
    expect(await codeOf(party.issues.raise({ ...where, issue: issueOf({ cell: other }) }))).toBe(
      "NOT_FOUND",
    );
    expect(await codeOf(party.issues.raising({ ...where, cell: other }))).toBe("NOT_FOUND");
  });

  it("is changed and commented on by nobody who does not see it", async () => {
    const { hidden, people, where } = await peopled();
    const me = await callAs(people.uninvolved);
    const at = { ...where, number: hidden };
    const text = { id: randomUUID(), text: "Hello?" };
    expect(await codeOf(me.issues.comment({ ...at, comment: text }))).toBe("NOT_FOUND");
    expect(await codeOf(me.issues.changeState({ ...at, change: { state: "open" } }))).toBe(
      "NOT_FOUND",
    );
    const link = { kind: "commit", what: "75a168a9" } as const;
    expect(await codeOf(me.issues.addLink({ ...at, link }))).toBe("NOT_FOUND");
  });

  it("is taken out of its track by a lead or an organizer only", async () => {
    const { event, where } = await peopled();
    const reporter = await makeMember(event.entryIds.gamma ?? "");
    const number = await raised(event, reporter);
    const { id: _, ...issue } = issueOf({ track: "" });
    const moves = async (personId: string) =>
      refusal((await callAs(personId)).issues.edit({ ...where, number, issue }));
    expect(await moves(reporter)).toBe(
      "FORBIDDEN: Only a lead of a restricted track, or an organizer, takes an issue out of it.",
    );
    expect(await moves(await makeLead(event.trackId))).toBe("done");
  });
});

describe("an issue of a published event", () => {
  it("names to outsiders only who agreed, in lists, pages, searches and filters", async () => {
    const event = await makeEvent({ entries: ENTRIES });
    const reporter = await makeMember(event.entryIds.alpha ?? "");
    const cell = await failedCell(event);
    const number = await raised(event, reporter, {
      ...{ cell, track: "", target: "beta", title: "beta forgets the Date", foundBy: "alpha team" },
      body: "Neither alpha nor beta saw it.",
    });
    const me = await callAs(reporter);
    const where = { eventSlug: event.slug };
    const at = { ...where, number };
    await me.issues.addLink({ ...at, link: { kind: "commit", what: "75a168a9" } });
    await me.issues.comment({ ...at, comment: { id: randomUUID(), text: "beta says sorry" } });
    await db.entry.updateMany({
      where: { eventId: event.eventId, slug: "alpha" },
      data: { consentNamed: true, consentPassing: true, consentFailing: true },
    });
    await toPhase(event, "published");
    const visitor = await callAs(null);
    const page = await visitor.issues.byNumber(at);
    expect(JSON.stringify(page)).not.toMatch(/beta|75a168a9|Member/);
    expect(page).toMatchObject({
      title: "a participant forgets the Date",
      body: "Neither alpha nor a participant saw it.",
      target: null,
      links: [],
      cells: 0,
      cellLines: [],
      credits: [{ deed: "found", name: "alpha team" }],
      commentLines: [{ text: "a participant says sorry" }],
    });
    const found = async (q: string) =>
      (await visitor.issues.list({ ...where, view: { q } })).lines.length;
    expect([await found("beta"), await found("75a168a9"), await found("alpha")]).toEqual([0, 0, 1]);
    expect((await visitor.issues.list({ ...where, view: {} })).targets).toEqual([]);
    expect((await me.issues.byNumber(at)).title).toBe("beta forgets the Date");
  });
});

describe("the CSV", () => {
  it("holds nothing that a spreadsheet would run, whoever wrote it", async () => {
    const event = await makeEvent({ visibility: "public" });
    const reporter = await makeMember(event.entryIds.alpha ?? "");
    const over = {
      title: '=HYPERLINK("http://evil.example","x")',
      target: "+SUM(1)",
      foundBy: "@evil",
    };
    const number = await raised(event, reporter, over);
    const me = await callAs(reporter);
    const credit = { deed: "fixed", name: "-1+cmd|' /C calc'!A0" } as const;
    await me.issues.credit({ eventSlug: event.slug, number, credit });
    const response = await csv(
      request(`events/${event.slug}/issues.csv`, "GET", { token: await event.tokenOf(null) }),
      params({ eventSlug: event.slug }),
    );
    expect(response.headers.get("content-disposition")).toBe(
      `attachment; filename="${event.slug}-issues.csv"`,
    );
    const [head, row] = (await response.text()).split("\r\n");
    expect(head).toContain("number,title,state");
    expect(row).toContain(`"'=HYPERLINK(""http://evil.example"",""x"")"`);
    for (const cell of ["'+SUM(1)", "'@evil", "'-1+cmd|"]) expect(row).toContain(cell);
  });
});

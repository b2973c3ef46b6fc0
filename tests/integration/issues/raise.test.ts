import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { db } from "@/lib/db/client";
import { callAs, makeMember, makeOrganizer, makePerson } from "@/tests/factories/caller";
import { makeEvent } from "@/tests/factories/event";
import { failedCell, issueOf, raised } from "@/tests/factories/issue";
import { codeOf, refusal } from "@/tests/factories/own-entry";
import { queriesOf } from "@/tests/factories/queries";
import { toPhase } from "@/tests/factories/reviewed";

const made = async (over: Parameters<typeof makeEvent>[0] = {}) => {
  const event = await makeEvent(over);
  const memberId = await makeMember(event.entryIds.alpha ?? "");
  const where = { eventSlug: event.slug };
  return { event, memberId, me: await callAs(memberId), where };
};

describe("raising an issue", () => {
  it("from a cell fills in parties, builds, outcome, message and link", async () => {
    const { event, me, where } = await made();
    const cell = await failedCell(event);
    const raising = await me.issues.raising({ ...where, cell });
    expect(raising.cell?.title).toBe("C-1: fail, alpha × beta");
    expect(raising.cell?.body.split("\n")).toEqual([
      "C-1 Test C-1: **fail**",
      "",
      "- User agent client: alpha, build 1.0",
      "- User agent server: beta, build 1.0",
      "",
      "```",
      "No answer",
      "=cmd|x",
      "```",
      "",
      expect.stringMatching(
        new RegExp(`^\\[The cell\\]\\(http.*/events/${event.slug}/tracks/calls/cells/${cell}\\)$`),
      ),
      "",
    ]);
    expect(raising.targets).toEqual(["alpha", "beta"]);
    expect(raising.name).toBe("Member");
  });

  it("puts it on the cell, in the cell's track, and both tell of each other", async () => {
    const { event, memberId, me, where } = await made();
    const cell = await failedCell(event);
    const over = { cell, track: "", target: "BETA", foundBy: "Ann" };
    const number = await raised(event, memberId, over);
    const issue = await me.issues.byNumber({ ...where, number });
    expect(issue).toMatchObject({
      number: 1,
      state: "open",
      severity: "major",
      track: { slug: "calls" },
      target: { name: "beta" },
      reporter: "Member",
      cells: 1,
      cellLines: [{ id: cell, test: "C-1", outcome: "fail", parties: [{}, {}] }],
      credits: [{ deed: "found", name: "Ann" }],
      may: { edit: true, comment: true },
    });
    const ofCell = await me.issues.ofCell({ ...where, trackSlug: "calls", cellId: cell });
    expect(ofCell).toMatchObject({ lines: [{ number: 1 }], retests: [], mayRaise: true });
  });

  it("takes a tool that nobody brought for its target", async () => {
    const { event, memberId, me, where } = await made();
    const number = await raised(event, memberId, { target: "SIPp" });
    const { target } = await me.issues.byNumber({ ...where, number });
    expect(target).toEqual({ key: "sipp", name: "SIPp", project: null });
  });

  it("sent twice is raised once; a form is not used for another issue", async () => {
    const { me, where } = await made();
    const issue = issueOf();
    expect(await me.issues.raise({ ...where, issue })).toEqual({ number: 1 });
    expect(await me.issues.raise({ ...where, issue })).toEqual({ number: 1 });
    expect(await me.issues.tally(where)).toEqual({ total: 1, open: 1 });
    expect(await refusal(me.issues.raise({ ...where, issue: { ...issue, title: "Other" } }))).toBe(
      "CONFLICT: This form has been sent already: it is issue #1. Open a new one for another issue.",
    );
    const other = await made();
    expect(await refusal(other.me.issues.raise({ ...other.where, issue }))).toBe(
      "CONFLICT: This form has been sent already. Open a new one for another issue.",
    );
  });

  it("counts from 1 in each event, without a gap, however many raise at once", async () => {
    const { event, memberId } = await made();
    const numbers = await Promise.all(Array.from({ length: 8 }, () => raised(event, memberId)));
    expect(numbers.sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });

  it("is for those who take part, while the event is under way", async () => {
    const { event, where } = await made({ visibility: "public" });
    const issue = issueOf();
    const asks = async (personId: string | null) =>
      codeOf((await callAs(personId)).issues.raise({ ...where, issue }));
    expect(await asks(null)).toBe("UNAUTHORIZED");
    expect(await asks(await makePerson())).toBe("FORBIDDEN");
    const organizer = await makeOrganizer(event.eventId);
    await toPhase(event, "published");
    expect(await asks(organizer)).toBe("CONFLICT");
  });

  it("refuses a cell or a track of another event, and says where", async () => {
    const { me, where } = await made();
    const cell = await failedCell((await made()).event);
    const raise = (over: Parameters<typeof issueOf>[0]) =>
      refusal(me.issues.raise({ ...where, issue: issueOf(over) }));
    expect(await raise({ cell })).toBe("NOT_FOUND: There is no such cell.");
    expect(await raise({ cell: randomUUID() })).toBe("NOT_FOUND: There is no such cell.");
    expect(await raise({ track: "nowhere" })).toBe(
      "UNPROCESSABLE_CONTENT: No track 'nowhere' in this event.",
    );
    expect(await codeOf(me.issues.raising({ ...where, cell }))).toBe("NOT_FOUND");
  });

  it("is written down with who did it, and the log holds none of its words", async () => {
    const { event, memberId } = await made();
    await raised(event, memberId, { title: "A secret word" });
    const [audit] = await db.audit.findMany({
      where: { eventId: event.eventId, action: "issue.raise" },
    });
    expect(audit).toMatchObject({ personId: memberId, detail: { title: "A secret word" } });
    const log = await db.eventLog.findMany({ where: { eventId: event.eventId, kind: "issue" } });
    expect(log.map(({ trackId, detail }) => [trackId, detail])).toEqual([
      [event.trackId, { number: 1, did: "raise" }],
    ]);
  });
});

describe("reading issues", () => {
  it("takes the same number of queries for one issue and one entry as for many", async () => {
    const count = async (entries: string[], issues: number) => {
      const event = await makeEvent({ entries: entries.map((slug) => ({ slug })) });
      const personId = await makeMember(event.entryIds.alpha ?? "");
      const cell = await failedCell(event, "alpha", entries.at(-1));
      for (let i = 0; i < issues; i += 1) await raised(event, personId, { cell, track: "" });
      const me = await callAs(personId);
      const where = { eventSlug: event.slug };
      const counted = [];
      for (const work of [
        () => me.issues.list({ ...where, view: {} }),
        () => me.issues.byNumber({ ...where, number: 1 }),
        () => me.issues.ofCell({ ...where, trackSlug: "calls", cellId: cell }),
        () => me.issues.tally(where),
      ]) {
        counted.push(await queriesOf(work));
      }
      return counted;
    };
    const one = await count(["alpha"], 1);
    expect(one).toEqual([3, 3, 3, 2]);
    expect(await count(["alpha", "beta", "gamma"], 3)).toEqual(one);
  });

  it("filters, searches in titles, texts, comments and links, and sorts", async () => {
    const { event, memberId, me, where } = await made();
    const dates = await raised(event, memberId, { target: "SIPp", severity: "minor" });
    const wording = await raised(event, memberId, {
      title: "Says too little",
      body: "Which *438*?",
      kind: "wording",
      track: "",
      severity: "blocker",
    });
    await me.issues.comment({
      ...where,
      number: dates,
      comment: { id: randomUUID(), text: "Seen in Timişoara" },
    });
    await me.issues.addLink({
      ...where,
      number: wording,
      link: { kind: "commit", what: "E2977A4F" },
    });
    const numbers = async (view: Parameters<typeof me.issues.list>[0]["view"]) =>
      (await me.issues.list({ ...where, view })).lines.map(({ number }) => number);
    expect(await numbers({})).toEqual([wording, dates]);
    expect(await numbers({ track: "calls" })).toEqual([dates]);
    expect(await numbers({ kind: "wording,feature" })).toEqual([wording]);
    expect(await numbers({ target: "sipp" })).toEqual([dates]);
    expect(await numbers({ state: "open,known", sort: "severity" })).toEqual([wording, dates]);
    expect(await numbers({ state: "known" })).toEqual([]);
    expect(await numbers({ q: "timişoara" })).toEqual([dates]);
    expect(await numbers({ q: "438 which" })).toEqual([wording]);
    expect(await numbers({ q: "e2977a4f" })).toEqual([wording]);
    expect(await numbers({ q: `#${dates}` })).toEqual([dates]);
    expect(await numbers({ q: "nobody wrote this" })).toEqual([]);
    const { total, targets } = await me.issues.list({ ...where, view: { kind: "wording" } });
    expect([total, targets]).toEqual([2, [{ key: "sipp", name: "SIPp" }]]);
  });
});

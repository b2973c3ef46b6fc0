import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { db } from "@/lib/db/client";
import { callAs, makeLead, makeMember, makeOrganizer, makePerson } from "@/tests/factories/caller";
import { makeEvent } from "@/tests/factories/event";
import { failedCell, issueOf, raised } from "@/tests/factories/issue";
import { codeOf, refusal } from "@/tests/factories/own-entry";
import { toPhase } from "@/tests/factories/reviewed";

const ENTRIES = ["alpha", "beta", "gamma"].map((slug) => ({ slug }));

/** An issue of beta's, raised by somebody of alpha, and everybody who may have to do with it. */
async function peopled(over: Parameters<typeof makeEvent>[0] = {}) {
  const event = await makeEvent({ entries: ENTRIES, visibility: "public", ...over });
  const other = await makeEvent();
  const reporter = await makeMember(event.entryIds.alpha ?? "");
  const number = await raised(event, reporter, { target: "beta" });
  const people = {
    visitor: null,
    stranger: await makePerson(),
    reporter,
    sameEntry: await makeMember(event.entryIds.alpha ?? ""),
    target: await makeMember(event.entryIds.beta ?? ""),
    uninvolved: await makeMember(event.entryIds.gamma ?? ""),
    lead: await makeLead(event.trackId),
    otherLead: await makeLead(other.trackId),
    organizer: await makeOrganizer(event.eventId),
  };
  return { event, number, people, where: { eventSlug: event.slug, number } };
}

type Caller = Awaited<ReturnType<typeof callAs>>;
const asked = async (
  people: Record<string, string | null>,
  ask: (caller: Caller) => Promise<unknown>,
) => {
  const answers: Record<string, string | undefined> = {};
  for (const [who, id] of Object.entries(people))
    answers[who] = await codeOf(ask(await callAs(id)));
  return answers;
};

const OUTSIDERS = { visitor: "UNAUTHORIZED", stranger: "FORBIDDEN", otherLead: "FORBIDDEN" };

describe("who may change an issue", () => {
  it("its reporter, the people of the project it is against, its track's leads and the organizers", async () => {
    const { people, where } = await peopled();
    const expected = {
      ...OUTSIDERS,
      reporter: "done",
      sameEntry: "FORBIDDEN",
      target: "done",
      uninvolved: "FORBIDDEN",
      lead: "done",
      organizer: "done",
    };
    const change = { state: "known" } as const;
    expect(await asked(people, (me) => me.issues.changeState({ ...where, change }))).toEqual(
      expected,
    );
    const { id: _, ...issue } = issueOf({ title: "Another title", target: "beta" });
    expect(await asked(people, (me) => me.issues.edit({ ...where, issue }))).toEqual(expected);
    const credit = { deed: "helped", name: "Everybody" } as const;
    expect(await asked(people, (me) => me.issues.credit({ ...where, credit }))).toEqual(expected);
    const me = await callAs(people.uninvolved);
    expect(await refusal(me.issues.changeState({ ...where, change }))).toContain(
      "You can comment on it.",
    );
    expect(await me.issues.byNumber(where)).toMatchObject({
      title: "Another title",
      state: "known",
      credits: [{ deed: "helped", name: "Everybody" }],
      may: { edit: false, comment: true },
    });
  });

  it("a lead of another track of the event does not, and comments", async () => {
    const { event, where } = await peopled();
    const track = await db.track.create({
      data: { eventId: event.eventId, slug: "other", title: "Other" },
    });
    const me = await callAs(await makeLead(track.id));
    expect(await codeOf(me.issues.changeState({ ...where, change: { state: "known" } }))).toBe(
      "FORBIDDEN",
    );
    const comment = { id: randomUUID(), text: "Seen." };
    expect(await codeOf(me.issues.comment({ ...where, comment }))).toBe("done");
  });

  it("everybody who takes part comments, once for each sending", async () => {
    const { people, where } = await peopled();
    const comment = () => ({ id: randomUUID(), text: "Me too." });
    const answers = await asked(people, (me) =>
      me.issues.comment({ ...where, comment: comment() }),
    );
    const { visitor, stranger, otherLead, ...insiders } = answers;
    expect({ visitor, stranger, otherLead }).toEqual(OUTSIDERS);
    expect(new Set(Object.values(insiders))).toEqual(new Set(["done"]));
    const me = await callAs(people.target);
    const twice = comment();
    await me.issues.comment({ ...where, comment: twice });
    await me.issues.comment({ ...where, comment: twice });
    expect((await me.issues.byNumber(where)).comments).toBe(7);
    const other = { ...twice, text: "Something else." };
    expect(await codeOf(me.issues.comment({ ...where, comment: other }))).toBe("CONFLICT");
    const foreign = await callAs(people.lead);
    expect(await codeOf(foreign.issues.comment({ ...where, comment: twice }))).toBe("CONFLICT");
  });

  it("nobody, once the event is published; its issues are read then without persons' names", async () => {
    const { event, people, where } = await peopled();
    const me = await callAs(people.reporter);
    await me.issues.comment({ ...where, comment: { id: randomUUID(), text: "Said." } });
    await toPhase(event, "published");
    const change = { state: "open" } as const;
    expect(await codeOf(me.issues.changeState({ ...where, change }))).toBe("CONFLICT");
    const visitor = await callAs(null);
    expect(await visitor.issues.byNumber(where)).toMatchObject({
      reporter: null,
      commentLines: [{ by: "somebody who takes part", text: "Said." }],
      may: { edit: false, comment: false },
    });
  });

  it("an issue of another event is none of this one's", async () => {
    const { people, where } = await peopled();
    const other = await peopled();
    const me = await callAs(people.organizer);
    const change = { state: "known" } as const;
    const foreign = { ...where, eventSlug: other.where.eventSlug };
    expect(await codeOf(me.issues.changeState({ ...foreign, change }))).toBe("FORBIDDEN");
    expect(await refusal(me.issues.changeState({ ...where, number: 99, change }))).toBe(
      "NOT_FOUND: There is no issue #99 in this event.",
    );
  });
});

describe("the state of an issue", () => {
  it("is fixed live only with the fix named, by a commit, a build or a note", async () => {
    const { people, where } = await peopled();
    const me = await callAs(people.target);
    const fix = (over: object) =>
      refusal(me.issues.changeState({ ...where, change: { state: "fixedLive", ...over } }));
    expect(await fix({})).toBe(
      "UNPROCESSABLE_CONTENT: Say what fixed it: a commit, a build that carries it, or a note.",
    );
    expect(await fix({ commit: "not a hash" })).toContain("A commit is its hash");
    expect(await fix({ fixedIn: randomUUID() })).toContain("Choose a build of the project");
    const page = await me.issues.byNumber(where);
    expect(page.builds).toEqual([{ id: expect.any(String), entry: "beta", label: "1.0" }]);
    expect(await fix({ fixedIn: page.builds[0]?.id })).toBe("done");
    expect(await me.issues.byNumber(where)).toMatchObject({
      state: "fixedLive",
      fixedIn: { entry: "beta", label: "1.0" },
      closedAt: expect.any(String),
    });
    expect(await fix({ note: "By turning it off and on." })).toBe("done");
    expect(await fix({ commit: "https://git.example/x/commit/75A168A9F" })).toBe("done");
    const after = await me.issues.byNumber(where);
    expect(after).toMatchObject({
      fixedIn: null,
      links: [
        { kind: "commit", label: "75a168a9f", url: "https://git.example/x/commit/75A168A9F" },
      ],
      commentLines: [{ by: "Member", text: "By turning it off and on." }],
    });
    // The commit names it from now on.
    expect(await fix({})).toBe("done");
    await me.issues.changeState({ ...where, change: { state: "open" } });
    expect((await me.issues.byNumber(where)).closedAt).toBeNull();
  });

  it("is not fixed live before testing", async () => {
    const { people, where } = await peopled({ phase: "registration" });
    const me = await callAs(people.target);
    const change = { state: "fixedLive", commit: "75a168a9" } as const;
    expect(await refusal(me.issues.changeState({ ...where, change }))).toBe(
      "CONFLICT: Nothing is fixed live while the event is in registration: that is said in testing and in review.",
    );
    const later = { ...change, state: "known" } as const;
    expect(await codeOf(me.issues.changeState({ ...where, change: later }))).toBe("done");
  });
});

describe("what an issue carries", () => {
  it("links, credits and cells are put on it and taken off", async () => {
    const { event, people, where } = await peopled();
    const me = await callAs(people.reporter);
    const cell = await failedCell(event);
    await me.issues.addCell({ ...where, cell });
    for (const link of [
      { kind: "upstream", what: "https://github.com/x/y/issues/12" },
      { kind: "cve", what: "cve-2026-12345" },
      { kind: "regressionTest", what: "stir: date in the future" },
      { kind: "regressionTest", what: "stir: date in the future" },
    ] as const) {
      await me.issues.addLink({ ...where, link });
    }
    for (const deed of ["found", "fixed", "helped"] as const) {
      await me.issues.credit({ ...where, credit: { deed, name: "Ann" } });
    }
    const page = await me.issues.byNumber(where);
    expect(page.links.map(({ label, url }) => [label, url])).toEqual([
      ["github.com/x/y/issues/12", "https://github.com/x/y/issues/12"],
      ["CVE-2026-12345", null],
      ["stir: date in the future", null],
    ]);
    expect(page.cellLines.map(({ id }) => id)).toEqual([cell]);
    for (const { id } of page.links) await me.issues.removeLink({ ...where, linkId: id });
    for (const { id } of page.credits) await me.issues.removeCredit({ ...where, creditId: id });
    await me.issues.removeCell({ ...where, cell });
    expect(await me.issues.byNumber(where)).toMatchObject({
      links: [],
      credits: [],
      cellLines: [],
      cells: 0,
    });
    expect(await codeOf(me.issues.removeCell({ ...where, cell }))).toBe("NOT_FOUND");
    expect(await codeOf(me.issues.removeLink({ ...where, linkId: randomUUID() }))).toBe(
      "NOT_FOUND",
    );
  });

  it("links nowhere but to web addresses", async () => {
    const { people, where } = await peopled();
    const me = await callAs(people.reporter);
    for (const what of [
      "javascript:alert(1)",
      "data:text/html,x",
      "JAVASCRIPT:alert(1)",
      "ftp://example.org/x",
      "https://",
      "one\ntwo",
      "",
    ]) {
      const link = { kind: "upstream", what } as const;
      expect(await codeOf(me.issues.addLink({ ...where, link })), what).toBe("BAD_REQUEST");
    }
    const cve = { kind: "cve", what: "https://nvd.example/CVE-2026-12345" } as const;
    expect(await codeOf(me.issues.addLink({ ...where, link: cve }))).toBe("BAD_REQUEST");
  });

  it("is not written over by who has not read what it says now", async () => {
    const { people, where } = await peopled();
    const [reporter, lead] = [await callAs(people.reporter), await callAs(people.lead)];
    const { said: seen } = await reporter.issues.byNumber(where);
    const say = (title: string) => {
      const { id: _, ...issue } = issueOf({ title, target: "beta" });
      return { ...where, issue };
    };
    await lead.issues.edit({ ...say("As the lead has it"), seen });
    const mine = { ...say("As I have it"), seen };
    expect(await codeOf(reporter.issues.edit(mine))).toBe("CONFLICT");
    const now = await reporter.issues.byNumber(where);
    expect(now.title).toBe("As the lead has it");
    await reporter.issues.edit({ ...mine, seen: now.said });
    expect((await lead.issues.byNumber(where)).title).toBe("As I have it");
    const me = await callAs(people.uninvolved);
    expect((await me.issues.byNumber(where)).said).toBe("");
  });

  it("stays in the track of its cells, and takes no cell of another", async () => {
    const { event, people, where } = await peopled();
    const track = await db.track.create({
      data: { eventId: event.eventId, slug: "other", title: "Other" },
    });
    const cell = await failedCell(event);
    const me = await callAs(people.reporter);
    await me.issues.addCell({ ...where, cell });
    const { id: _, ...issue } = issueOf({ track: "other", target: "beta" });
    expect(await refusal(me.issues.edit({ ...where, issue }))).toContain(
      "It is in the track of its cells.",
    );
    const elsewhere = await raised(event, people.reporter, { track: "other" });
    expect(await refusal(me.issues.addCell({ ...where, number: elsewhere, cell }))).toContain(
      "That cell is of the track Calls.",
    );
    expect(track.id).not.toBe(event.trackId);
  });
});

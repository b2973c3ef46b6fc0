import { describe, expect, it } from "vitest";
import { database, db } from "@/lib/db/client";
import type { Phase } from "@/lib/events/schema";
import { callAs, makeMember, makeOrganizer, makePerson } from "@/tests/factories/caller";
import { makeEvent } from "@/tests/factories/event";
import { refusal } from "@/tests/factories/own-entry";

let count = 0;
const makeProject = async (name = "Kamailio") => {
  count += 1;
  const slug = `${name.toLowerCase()}-${count}`;
  await db.project.create({ data: { slug, name } });
  return slug;
};

type Options = { phase?: Phase; entryPolicy?: "open" | "approval" };

async function makeOpenEvent({ phase = "registration", entryPolicy = "open" }: Options = {}) {
  const event = await makeEvent({ phase });
  await db.interopEvent.update({ where: { id: event.eventId }, data: { entryPolicy } });
  return event;
}

const request = async (personId: string | null, slug: string, entry: Record<string, unknown>) => {
  const caller = await callAs(personId);
  return caller.entries.request({
    eventSlug: slug,
    entry: { tracks: { calls: ["uac"] }, ...entry } as never,
  });
};

describe("joining an open event", () => {
  it("takes a visitor from a project to an admitted entry with roles and a build", async () => {
    const event = await makeOpenEvent();
    const person = await makePerson();
    const project = await makeProject();
    const answer = await request(person, event.slug, {
      project,
      tracks: { calls: ["uac", "uas"] },
      build: {
        label: "6.0.1",
        commit: "75a168a9",
        parts: [{ name: "rtpengine", version: "13.5" }],
      },
    });
    expect(answer).toEqual({ slug: project, state: "admitted" });
    const caller = await callAs(person);
    const entry = await caller.entries.bySlug({ eventSlug: event.slug, entrySlug: project });
    expect(entry).toMatchObject({
      name: "Kamailio",
      kind: "participant",
      state: "admitted",
      isMine: true,
      builds: [{ label: "6.0.1", commit: "75a168a9", verified: true, isCurrent: true }],
      choices: [{ slug: "calls", isIn: true, played: ["uac", "uas"] }],
      consent: { named: false, passing: false, failing: false },
    });
    expect(entry.builds[0]?.parts).toEqual([{ name: "rtpengine", version: "13.5" }]);
    expect(entry.members?.map(({ isMe }) => isMe)).toEqual([true]);
  });

  it("makes whoever joins a participant at their next request", async () => {
    const event = await makeOpenEvent({ phase: "testing" });
    const person = await makePerson();
    const matrix = { eventSlug: event.slug, trackSlug: "calls" };
    expect(await refusal((await callAs(person)).matrices.byTrack(matrix))).toMatch(/^FORBIDDEN/);
    await request(person, event.slug, { project: await makeProject("Baresip") });
    const { matrix: seen } = await (await callAs(person)).matrices.byTrack(matrix);
    expect(seen.grids[0]?.rows.map(({ name }) => name)).toContain("Baresip");
  });

  it("is written down, told, and raises the version that open matrices compare", async () => {
    const event = await makeOpenEvent();
    const person = await makePerson();
    const before = await db.interopEvent.findUniqueOrThrow({ where: { id: event.eventId } });
    const project = await makeProject();
    const listener = await database().pool.connect();
    const heard = new Promise<unknown>((resolve) => {
      listener.once("notification", ({ payload }) => resolve(payload));
    });
    await listener.query("LISTEN plugfest");
    await request(person, event.slug, { project });
    expect(await heard).toBe(event.trackId);
    await listener.query("UNLISTEN plugfest");
    listener.release();

    const after = await db.interopEvent.findUniqueOrThrow({ where: { id: event.eventId } });
    expect(after.catalogueVersion).toBe(before.catalogueVersion + 1);
    const entry = await db.entry.findFirstOrThrow({ where: { slug: project } });
    expect(
      await db.audit.findMany({ where: { action: "entry.request", subject: entry.id } }),
    ).toMatchObject([
      { personId: person, eventId: event.eventId, detail: { entry: project, state: "admitted" } },
    ]);
    expect(await db.eventLog.findMany({ where: { subject: entry.id } })).toMatchObject([
      { kind: "entry", eventId: event.eventId, detail: { entry: project, state: "admitted" } },
    ]);
  });

  it("gives two who ask at the same moment numbers of their own", async () => {
    const event = await makeOpenEvent();
    const asked = await Promise.all(
      Array.from({ length: 6 }, async () =>
        request(await makePerson(), event.slug, { project: await makeProject("Tool") }),
      ),
    );
    const entries = await db.entry.findMany({ where: { eventId: event.eventId } });
    expect(asked.map(({ state }) => state)).toEqual(Array(6).fill("admitted"));
    expect(entries.map(({ number }) => number).sort((a, b) => a - b)).toEqual([
      1, 2, 3, 4, 5, 6, 7, 8,
    ]);
  });

  it("lets one of two who enter the same project at once in", async () => {
    const event = await makeOpenEvent();
    const project = await makeProject();
    const [one, other] = [await makePerson(), await makePerson()];
    const answers = await Promise.all(
      [one, other].map((person) => refusal(request(person, event.slug, { project }))),
    );
    expect(answers.toSorted()).toEqual([
      expect.stringMatching(/^UNPROCESSABLE_CONTENT: This project is in already/),
      "done",
    ]);
  });

  it("takes a project a second time with its own slug and a word on how it differs", async () => {
    const event = await makeOpenEvent();
    const [person, project] = [await makePerson(), await makeProject()];
    await request(person, event.slug, { project });
    const again = (entry: object) => refusal(request(person, event.slug, { project, ...entry }));
    const slug = `${project}-strict`;
    expect(await again({})).toMatch(/^UNPROCESSABLE_CONTENT: You are in already/);
    expect(await again({ slug })).toMatch(/Say how this entry differs/);
    expect(await again({ slug, note: "strict routing only" })).toBe("done");
    const names = await db.entry.findMany({
      where: { eventId: event.eventId, project: { slug: project } },
      orderBy: { number: "asc" },
    });
    expect(names.map(({ name }) => name)).toEqual(["Kamailio", `Kamailio (${slug})`]);
  });
});

describe("joining is refused", () => {
  it("without signing in, outside of registration and testing, and of what is not there", async () => {
    const project = await makeProject();
    const person = await makePerson();
    const event = await makeOpenEvent();
    expect(await refusal(request(null, event.slug, { project }))).toMatch(/^UNAUTHORIZED/);
    for (const phase of ["review", "published"] as const) {
      const late = await makeOpenEvent({ phase });
      expect(await refusal(request(person, late.slug, { project }))).toMatch(/^CONFLICT/);
    }
    const draft = await makeOpenEvent({ phase: "draft" });
    expect(await refusal(request(person, draft.slug, { project }))).toMatch(/^NOT_FOUND/);
    expect(await refusal(request(person, event.slug, { project: "nowhere" }))).toBe(
      "UNPROCESSABLE_CONTENT: There is no project 'nowhere'. Add it first.",
    );
    const bad = { project, tracks: { calls: ["srs"], video: ["uac"] } };
    expect(await refusal(request(person, event.slug, bad))).toBe(
      "UNPROCESSABLE_CONTENT: The track 'calls' has no role 'srs'; it has uac, uas, proxy.",
    );
    expect(await db.entry.count({ where: { project: { slug: project } } })).toBe(0);
  });
});

describe("joining an event that approves", () => {
  const ask = async () => {
    const event = await makeOpenEvent({ entryPolicy: "approval" });
    const [person, project] = [await makePerson("Ann"), await makeProject()];
    const before = await db.interopEvent.findUniqueOrThrow({ where: { id: event.eventId } });
    const { state } = await request(person, event.slug, { project, build: { label: "1" } });
    return { event, person, project, state, version: before.catalogueVersion };
  };
  const where = ({ event, project }: Awaited<ReturnType<typeof ask>>) => ({
    eventSlug: event.slug,
    entrySlug: project,
  });

  it("waits, on no axis, in no count, heard of by nobody, and without a token", async () => {
    const asked = await ask();
    const { event, person, project, state, version } = asked;
    expect(state).toBe("requested");
    const visitor = await callAs(null);
    const page = await visitor.events.byName({ eventSlug: event.slug });
    expect(page).toMatchObject({ entries: 2 });
    expect(page.trackLines.map(({ entries }) => entries)).toEqual([2]);
    expect(page.entryLines.map(({ slug }) => slug)).not.toContain(project);
    const list = await visitor.entries.list({ eventSlug: event.slug });
    expect(list.lines.map(({ slug }) => slug)).toEqual(["alpha", "beta"]);
    expect(await refusal(visitor.entries.bySlug(where(asked)))).toMatch(/^NOT_FOUND/);
    const member = await makeMember(event.entryIds.alpha ?? "");
    const { matrix } = await (await callAs(member)).matrices.byTrack({
      eventSlug: event.slug,
      trackSlug: "calls",
    });
    expect(matrix.grids[0]?.rows).toHaveLength(2);
    expect(await refusal(event.tokenOf(project))).toMatch(/^not_found/);
    const entry = await db.entry.findFirstOrThrow({ where: { slug: project } });
    expect(await db.eventLog.count({ where: { subject: entry.id } })).toBe(0);
    const after = await db.interopEvent.findUniqueOrThrow({ where: { id: event.eventId } });
    expect(after.catalogueVersion).toBe(version);
    // Whoever asked is nothing to the event yet.
    const asker = await callAs(person);
    expect(
      await refusal(asker.matrices.byTrack({ eventSlug: event.slug, trackSlug: "calls" })),
    ).toMatch(/^FORBIDDEN/);
  });

  it("is seen by whoever asked and by the organizers, who read the address", async () => {
    const asked = await ask();
    const { event, person, project } = asked;
    const [mine] = (
      await (await callAs(person)).entries.list({ eventSlug: event.slug })
    ).lines.filter(({ isMine }) => isMine);
    expect(mine).toMatchObject({ slug: project, state: "requested", members: null });
    const organizer = await callAs(await makeOrganizer(event.eventId));
    const list = await organizer.entries.list({ eventSlug: event.slug });
    expect(list.mayAdmit).toBe(true);
    const line = list.lines.find(({ slug }) => slug === project);
    expect(line?.members?.join()).toMatch(/^Ann <ann-.*@example\.org>$/);
  });

  it("ends with an organizer letting it in", async () => {
    const asked = await ask();
    const { event, project, version } = asked;
    const organizer = await callAs(await makeOrganizer(event.eventId));
    await organizer.entries.admit(where(asked));
    const list = await (await callAs(null)).entries.list({ eventSlug: event.slug });
    expect(list.lines.map(({ slug }) => slug)).toContain(project);
    expect(await event.tokenOf(project)).toMatch(/^pf_agt_/);
    const after = await db.interopEvent.findUniqueOrThrow({ where: { id: event.eventId } });
    expect(after.catalogueVersion).toBe(version + 1);
    expect(await refusal(organizer.entries.admit(where(asked)))).toBe(
      "CONFLICT: This entry is in already.",
    );
    expect(await refusal(organizer.entries.decline({ ...where(asked), reason: "" }))).toMatch(
      /^CONFLICT: Only a request/,
    );
  });

  it("or with a reason why not, after which asking again waits again", async () => {
    const asked = await ask();
    const { event, person, project } = asked;
    const organizer = await callAs(await makeOrganizer(event.eventId));
    await organizer.entries.decline({ ...where(asked), reason: "Not open source." });
    const asker = await callAs(person);
    expect(await asker.entries.bySlug(where(asked))).toMatchObject({
      state: "declined",
      stateReason: "Not open source.",
      may: { edit: false, invite: false, withdraw: false },
    });
    await db.interopEvent.update({
      where: { id: event.eventId },
      data: { entryPolicy: "open" },
    });
    expect(await request(person, event.slug, { project })).toEqual({
      slug: project,
      state: "requested",
    });
  });

  it("is nobody else's to decide", async () => {
    const asked = await ask();
    const foreign = await makeEvent();
    for (const personId of [
      asked.person,
      await makePerson(),
      await makeMember(asked.event.entryIds.alpha ?? ""),
      await makeOrganizer(foreign.eventId),
    ]) {
      const caller = await callAs(personId);
      expect(await refusal(caller.entries.admit(where(asked)))).toMatch(/^FORBIDDEN/);
    }
  });

  it("lets nobody in who was a member before it was declined", async () => {
    const asked = await ask();
    const { event, person, project } = asked;
    const organizer = await callAs(await makeOrganizer(event.eventId));
    await organizer.entries.decline({ ...where(asked), reason: "" });
    const other = await makePerson();
    await request(other, event.slug, { project });
    await organizer.entries.admit(where(asked));
    const members = await db.entryMember.findMany({ where: { entry: { slug: project } } });
    expect(members.map(({ personId }) => personId)).toEqual([other]);
    expect(
      await refusal((await callAs(person)).entries.setPlays({ ...where(asked), tracks: {} })),
    ).toMatch(/^FORBIDDEN: This entry is not yours/);
  });
});

describe("the joining form", () => {
  it("offers the roles of the time before, in one query however many came", async () => {
    const person = await makePerson();
    const before = await makeOpenEvent();
    const project = await makeProject("Janus");
    await request(person, before.slug, { project, tracks: { calls: ["uas"] } });
    const event = await makeOpenEvent();
    const caller = await callAs(person);
    expect(await caller.entries.joining({ eventSlug: event.slug })).toMatchObject({
      needsApproval: false,
      mine: [],
      last: { project: "Janus", plays: { calls: ["uas"] } },
      entries: [{ slug: "alpha" }, { slug: "beta" }],
      tracks: [{ slug: "calls", roles: [{ key: "uac" }, { key: "uas" }, { key: "proxy" }] }],
    });
  });
});

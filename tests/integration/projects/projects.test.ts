import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { db } from "@/lib/db/client";
import type { Phase } from "@/lib/events/schema";
import { callAs, makeMember, makeOrganizer, makePerson } from "@/tests/factories/caller";
import { makeEvent } from "@/tests/factories/event";
import { codeOf, refusal } from "@/tests/factories/own-entry";
import { queriesOf } from "@/tests/factories/queries";

// Letters only: digits in a row would make other tests' names look alike.
const unique = () =>
  randomUUID()
    .replace(/[^a-f]/g, "")
    .padEnd(12, "z") + randomUUID().replace(/\d/g, (digit) => "qrstuvwxyz"[Number(digit)] ?? "");

const projectOf = async (entryId: string) =>
  (
    await db.entry.findUniqueOrThrow({
      where: { id: entryId },
      select: { project: { select: { slug: true } } },
    })
  ).project.slug;

describe("naming a project", () => {
  it("finds one that is here, in any spelling and by an alias", async () => {
    const caller = await callAs(await makePerson());
    const name = `Free${unique()}`;
    const { slug, added } = await caller.projects.propose({ project: { name } });
    expect(added).toBe(true);
    const alias = `alias ${unique()}`;
    await db.project.update({ where: { slug }, data: { aliases: [alias] } });
    for (const spelling of [name.toUpperCase(), ` ${name} `, alias.replace(" ", "-")]) {
      expect(await caller.projects.propose({ project: { name: spelling } })).toEqual({
        slug,
        added: false,
      });
    }
    expect(await caller.projects.search({ name: name.toUpperCase() })).toMatchObject([{ slug }]);
  });

  it("asks whether a similar one is meant, and adds it when it is not", async () => {
    const personId = await makePerson();
    const caller = await callAs(personId);
    const name = `Kamailio${unique()}`;
    const { slug } = await caller.projects.propose({ project: { name } });
    const typed = `${name.slice(0, 4)}${name.slice(5)}`;
    expect(await refusal(caller.projects.propose({ project: { name: typed } }))).toBe(
      `CONFLICT: '${typed}' is not here yet. Did you mean ${name}? Choose one, or say that yours is another project.`,
    );
    expect(await caller.projects.search({ name: typed })).toMatchObject([{ slug }]);
    const added = await caller.projects.propose({ project: { name: typed, isNew: true } });
    expect(added.added).toBe(true);
    const project = await db.project.findUniqueOrThrow({ where: { slug: added.slug } });
    expect(
      await db.audit.findMany({ where: { action: "project.add", subject: project.id } }),
    ).toMatchObject([{ personId, detail: { slug: added.slug, name: typed } }]);
  });

  it("adds a name that two people type at once a single time", async () => {
    const name = `Twice${unique()}`;
    const callers = await Promise.all([makePerson(), makePerson(), makePerson()]).then((ids) =>
      Promise.all(ids.map((id) => callAs(id))),
    );
    const answers = await Promise.all(
      callers.map((one) => one.projects.propose({ project: { name } })),
    );
    expect(new Set(answers.map(({ slug }) => slug)).size).toBe(1);
    expect(answers.filter(({ added }) => added)).toHaveLength(1);
  });

  it("is for people who signed in, and needs a name", async () => {
    const visitor = await callAs(null);
    expect(await codeOf(visitor.projects.propose({ project: { name: "X" } }))).toBe("UNAUTHORIZED");
    expect(await codeOf(visitor.projects.names())).toBe("UNAUTHORIZED");
    const caller = await callAs(await makePerson());
    expect(await codeOf(caller.projects.propose({ project: { name: "  " } }))).toBe("BAD_REQUEST");
    expect(
      await codeOf(
        caller.projects.propose({
          project: { name: unique(), homepageUrl: "javascript:alert(1)" },
        }),
      ),
    ).toBe("BAD_REQUEST");
  });
});

describe("a project's page", () => {
  const where = async (phase: Phase, over = {}) => {
    const event = await makeEvent({ phase });
    const entryId = event.entryIds.alpha ?? "";
    await db.entry.update({ where: { id: entryId }, data: over });
    return { event, entryId, slug: await projectOf(entryId) };
  };
  const seen = async (id: string | null, slug: string) =>
    (await (await callAs(id)).projects.bySlug({ slug })).entries.map((entry) => entry.slug);

  it("tells its entries through the events, with builds and tracks", async () => {
    const { event, slug } = await where("testing");
    const page = await (await callAs(null)).projects.bySlug({ slug });
    expect(page).toMatchObject({
      name: "alpha",
      isMine: false,
      entries: [
        {
          event: event.slug,
          phase: "testing",
          slug: "alpha",
          kind: "participant",
          build: "1.0",
          tracks: [{ slug: "calls", title: "Calls" }],
        },
      ],
    });
  });

  it("tells of a draft to those who prepare it alone", async () => {
    const { event, entryId, slug } = await where("draft");
    const organizer = await makeOrganizer(event.eventId);
    expect(await seen(null, slug)).toEqual([]);
    expect(await seen(await makeMember(entryId), slug)).toEqual([]);
    expect(await seen(organizer, slug)).toEqual(["alpha"]);
  });

  it("tells of no entry that is not admitted", async () => {
    for (const state of ["requested", "declined", "withdrawn"]) {
      const { event, slug } = await where("testing", { state });
      expect(await seen(null, slug)).toEqual([]);
      expect(await seen(await makeOrganizer(event.eventId), slug)).toEqual([]);
      const list = await (await callAs(null)).projects.list();
      expect(list.map((line) => line.slug)).not.toContain(slug);
    }
  });

  it("tells of a published event what agreed to be named, and all to its own people", async () => {
    const { event, slug } = await where("published");
    expect(await seen(null, slug)).toEqual([]);
    expect(await seen(await makeMember(event.entryIds.beta ?? ""), slug)).toEqual(["alpha"]);
    const agreed = await where("published", { consentNamed: true });
    expect(await seen(null, agreed.slug)).toEqual(["alpha"]);
  });

  it("is not there for a project that is not", async () => {
    const visitor = await callAs(null);
    expect(await codeOf(visitor.projects.bySlug({ slug: "nowhere" }))).toBe("NOT_FOUND");
  });

  it("and the list are read in a fixed number of queries, with 1 entry and with 3", async () => {
    const visitor = await callAs(null);
    const { slug } = await where("testing");
    const project = await db.project.findUniqueOrThrow({ where: { slug } });
    const count = async () => ({
      list: await queriesOf(() => visitor.projects.list()),
      page: await queriesOf(() => visitor.projects.bySlug({ slug })),
    });
    await visitor.projects.list();
    expect(await count()).toEqual({ list: 1, page: 1 });
    for (let more = 0; more < 2; more += 1) {
      const { entryIds } = await makeEvent();
      await db.entry.update({
        where: { id: entryIds.alpha ?? "" },
        data: { projectId: project.id },
      });
    }
    expect(await seen(null, slug)).toEqual(["alpha", "alpha", "alpha"]);
    expect(await count()).toEqual({ list: 1, page: 1 });
  });
});

describe("what a project says of itself", () => {
  const details = (name: string) => ({
    name,
    aliases: [`${name} server`],
    intro: "Answers calls.",
    homepageUrl: "https://example.org",
    securityContact: "security@example.org",
  });

  it("is changed by members of its admitted entries, and by nobody else", async () => {
    const event = await makeEvent();
    const slug = await projectOf(event.entryIds.alpha ?? "");
    const project = details(`Alpha${unique()}`);
    for (const id of [
      await makePerson(),
      await makeMember(event.entryIds.beta ?? ""),
      await makeOrganizer(event.eventId),
    ]) {
      expect(await codeOf((await callAs(id)).projects.edit({ slug, project }))).toBe("FORBIDDEN");
    }
    const visitor = await callAs(null);
    expect(await codeOf(visitor.projects.edit({ slug, project }))).toBe("UNAUTHORIZED");
    const personId = await makeMember(event.entryIds.alpha ?? "");
    const me = await callAs(personId);
    await me.projects.edit({ slug, project });
    expect(await me.projects.bySlug({ slug })).toMatchObject({ ...project, isMine: true });
    expect(await db.audit.findMany({ where: { action: "project.edit", personId } })).toMatchObject([
      { detail: { name: project.name } },
    ]);
    expect(await codeOf(me.projects.edit({ slug: "nowhere", project }))).toBe("NOT_FOUND");
  });

  it("takes no other project's name, in any spelling", async () => {
    const event = await makeEvent();
    const slug = await projectOf(event.entryIds.alpha ?? "");
    const me = await callAs(await makeMember(event.entryIds.alpha ?? ""));
    const theirs = `Beta${unique()}`;
    await me.projects.propose({ project: { name: theirs } });
    const project = { ...details(`Alpha${unique()}`), aliases: [theirs.toLowerCase()] };
    expect(await refusal(me.projects.edit({ slug, project }))).toBe(
      `CONFLICT: '${theirs.toLowerCase()}' is a name of ${theirs} already.`,
    );
  });
});

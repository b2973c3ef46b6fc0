import pg from "pg";
import { describe, expect, it } from "vitest";
import { db } from "@/lib/db/client";
import { callAs, makeLead, makeMember, makeOrganizer, makePerson } from "@/tests/factories/caller";
import { makeEvent } from "@/tests/factories/event";
import { codeOf, refusal } from "@/tests/factories/own-entry";
import { item, push } from "@/tests/factories/push";
import { makeReviewed, publish, toPhase } from "@/tests/factories/reviewed";

describe("publishing a summary", () => {
  it("freezes what its preview showed; what changes later does not reach it", async () => {
    const { event, organizer, organizerId } = await makeReviewed();
    const where = { eventSlug: event.slug };
    const { body } = await organizer.summaries.preview(where);
    expect(await publish(organizer, event)).toEqual({ version: 1 });
    await db.cell.updateMany({ where: { eventId: event.eventId }, data: { outcome: "fail" } });
    await db.entry.updateMany({
      where: { eventId: event.eventId },
      data: { consentNamed: false, name: "Renamed" },
    });
    await db.interopEvent.update({ where: { id: event.eventId }, data: { label: "Other" } });

    const visitor = await callAs(null);
    const published = await visitor.summaries.latest(where);
    expect(published?.body).toEqual(body);
    expect(published?.body.entries.map(({ entry }) => entry)).toEqual(["alpha", "beta"]);
    expect(published).toMatchObject({ version: 1, changelog: "" });
    expect((await db.interopEvent.findUniqueOrThrow({ where: { id: event.eventId } })).phase).toBe(
      "published",
    );
    expect(
      await db.audit.findMany({ where: { eventId: event.eventId, action: "summary.publish" } }),
    ).toMatchObject([
      { personId: organizerId, subject: "1", detail: { did: "publish", phase: "review" } },
    ]);
    expect(await db.eventLog.count({ where: { eventId: event.eventId, kind: "summary" } })).toBe(1);
  });

  it("makes a correction a further version with what it corrects; the old one stays", async () => {
    const { event, organizer } = await makeReviewed();
    await publish(organizer, event);
    await organizer.summaries.writeBlock({
      eventSlug: event.slug,
      key: "overview",
      block: { title: "Overview", body: "It rained.", state: "ready", revision: 0 },
    });
    expect(await refusal(publish(organizer, event))).toBe(
      "UNPROCESSABLE_CONTENT: Say what this version corrects: readers of the one before want to know.",
    );
    expect(await publish(organizer, event, "The weather.")).toEqual({ version: 2 });
    const visitor = await callAs(null);
    const [latest, first] = await Promise.all([
      visitor.summaries.latest({ eventSlug: event.slug }),
      visitor.summaries.version({ eventSlug: event.slug, version: 1 }),
    ]);
    expect(latest?.body.texts).toEqual([{ title: "Overview", body: "It rained." }]);
    expect(first.body.texts).toEqual([]);
    expect(latest?.versions.map(({ version, changelog }) => [version, changelog])).toEqual([
      [2, "The weather."],
      [1, ""],
    ]);
    expect(await codeOf(visitor.summaries.version({ eventSlug: event.slug, version: 3 }))).toBe(
      "NOT_FOUND",
    );
  });

  it("publishes nothing that has changed since it was looked at", async () => {
    const { event, token, organizer } = await makeReviewed();
    const where = { eventSlug: event.slug };
    const { digest } = await organizer.summaries.preview(where);
    await toPhase(event, "testing");
    await push(event, token, [item({ test: "C-2" })]);
    await toPhase(event, "review");
    expect(await refusal(organizer.summaries.publish({ ...where, digest }))).toContain(
      "CONFLICT: Something of the summary has changed since you looked at the preview.",
    );
    expect(await db.summary.count({ where: { eventId: event.eventId } })).toBe(0);
  });

  it("happens once when two publish at a time", async () => {
    const { event, organizer } = await makeReviewed();
    const where = { eventSlug: event.slug };
    const { digest } = await organizer.summaries.preview(where);
    const both = await Promise.all(
      [1, 2].map(() => codeOf(organizer.summaries.publish({ ...where, digest }))),
    );
    expect(both.sort()).toEqual(["UNPROCESSABLE_CONTENT", "done"]);
  });

  it("is the organizers', in review and afterwards", async () => {
    const { event, organizer } = await makeReviewed();
    const where = { eventSlug: event.slug };
    const { digest } = await organizer.summaries.preview(where);
    const others = {
      visitor: null,
      stranger: await makePerson(),
      member: await makeMember(event.entryIds.alpha ?? ""),
      lead: await makeLead(event.trackId),
      "organizer of another event": await makeOrganizer((await makeEvent()).eventId),
    };
    const answers: Record<string, string | undefined> = {};
    for (const [who, id] of Object.entries(others)) {
      answers[who] = await codeOf((await callAs(id)).summaries.publish({ ...where, digest }));
    }
    expect(answers).toEqual({
      visitor: "UNAUTHORIZED",
      stranger: "FORBIDDEN",
      member: "FORBIDDEN",
      lead: "FORBIDDEN",
      "organizer of another event": "FORBIDDEN",
    });
    for (const phase of ["registration", "testing"] as const) {
      await toPhase(event, phase);
      expect(await codeOf(organizer.summaries.publish({ ...where, digest }))).toBe("CONFLICT");
    }
    expect(await db.summary.count({ where: { eventId: event.eventId } })).toBe(0);
  });

  it("cannot be undone by the application: it may add versions and nothing else", async () => {
    const { event, organizer } = await makeReviewed();
    await publish(organizer, event);
    const client = new pg.Client({ connectionString: process.env.DATABASE_URL });
    await client.connect();
    const tried = async (text: string) =>
      client.query(text).then(
        () => "done",
        ({ code }: { code: string }) => code,
      );
    const answers = [
      await tried("UPDATE summary SET changelog = 'nothing happened'"),
      await tried("DELETE FROM summary"),
      await tried("TRUNCATE summary"),
    ];
    await client.end();
    expect(answers).toEqual(["42501", "42501", "42501"]);
  });
});

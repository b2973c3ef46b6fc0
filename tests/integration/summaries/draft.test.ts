import { describe, expect, it } from "vitest";
import { db } from "@/lib/db/client";
import type { SummaryBody } from "@/lib/summaries/schema";
import { callAs, makeLead, makeMember, makePerson } from "@/tests/factories/caller";
import { makeEvent, makeTest } from "@/tests/factories/event";
import { logged } from "@/tests/factories/log";
import { codeOf } from "@/tests/factories/own-entry";
import { item, push } from "@/tests/factories/push";
import { queriesOf } from "@/tests/factories/queries";
import { makeReviewed, publish, toPhase } from "@/tests/factories/reviewed";

const figure = (body: SummaryBody, key: string) =>
  body.figures.find((one) => one.key === key)?.value;

describe("a summary", () => {
  it("does not exist for visitors before it is published, and tells its writers where the desk is", async () => {
    const { event, organizer } = await makeReviewed();
    const where = { eventSlug: event.slug };
    const ask = async (id: string | null) => {
      const caller = await callAs(id);
      return caller.summaries.latest(where).then(
        (summary) => summary,
        ({ code }: { code: string }) => code,
      );
    };
    expect(await ask(null)).toBe("NOT_FOUND");
    expect(await ask(await makePerson())).toBe("NOT_FOUND");
    expect(await ask(await makeMember(event.entryIds.alpha ?? ""))).toBe("NOT_FOUND");
    expect(await ask(await makeLead(event.trackId))).toBeNull();
    expect(await organizer.summaries.latest(where)).toBeNull();
  });

  it("is drafted by leads and organizers alone", async () => {
    const { event } = await makeReviewed();
    const ask = async (id: string | null) =>
      codeOf((await callAs(id)).summaries.desk({ eventSlug: event.slug }));
    expect([
      await ask(null),
      await ask(await makePerson()),
      await ask(await makeMember(event.entryIds.alpha ?? "")),
      await ask(await makeLead((await makeEvent()).trackId)),
      await ask(await makeLead(event.trackId)),
    ]).toEqual(["UNAUTHORIZED", "FORBIDDEN", "FORBIDDEN", "FORBIDDEN", "done"]);
  });

  it("has no number, name, issue or draft of a restricted track", async () => {
    const { event, organizer } = await makeReviewed({ restricted: true });
    const where = { eventSlug: event.slug };
    await db.issue.create({
      data: {
        eventId: event.eventId,
        trackId: event.trackId,
        number: 1,
        title: "Crash in alpha",
        kind: "bug",
      },
    });
    const cell = await db.cell.findFirstOrThrow({ where: { eventId: event.eventId } });
    await db.issue.create({
      data: {
        eventId: event.eventId,
        number: 2,
        title: "A crash filed elsewhere",
        kind: "bug",
        cells: { create: { cellId: cell.id } },
      },
    });
    await organizer.summaries.writeBlock({
      ...where,
      key: "track-calls",
      block: { title: "Calls", body: "Findings were told.", state: "ready", revision: 0 },
    });
    const { body } = await organizer.summaries.preview(where);
    expect(body.tracks).toEqual([
      {
        slug: "calls",
        title: "Calls",
        restricted: true,
        leads: [],
        texts: [{ title: "Calls", body: "Findings were told." }],
      },
    ]);
    expect(body.issues).toEqual([]);
    expect(figure(body, "executed")).toBe(0);
    const other = await makeEvent();
    await db.track.update({
      where: { id: other.trackId },
      data: { eventId: event.eventId, slug: "others" },
    });
    const lead = await callAs(await makeLead(other.trackId));
    const desk = await lead.summaries.desk(where);
    expect(desk.blocks.map(({ key }) => key)).toEqual(["overview", "track-others"]);
    expect(JSON.stringify(await lead.summaries.preview(where))).not.toContain("Findings");
    expect(await codeOf(lead.summaries.block({ ...where, key: "track-calls" }))).toBe("NOT_FOUND");
  });

  it("tells issues with their commits and whom to thank", async () => {
    const { event, organizer } = await makeReviewed();
    await db.issue.create({
      data: {
        eventId: event.eventId,
        trackId: event.trackId,
        number: 1,
        title: "Date in the far future is accepted",
        kind: "bug",
        state: "fixedLive",
        links: {
          create: { kind: "commit", label: "75a168a9", url: "https://example.org/75a168a9" },
        },
        credits: {
          create: [
            { deed: "found", name: "Ann" },
            { deed: "fixed", name: "Bob" },
          ],
        },
      },
    });
    const { body } = await organizer.summaries.preview({ eventSlug: event.slug });
    const [track] = body.tracks;
    expect(track).toMatchObject({
      issues: [{ number: 1, state: "fixedLive", links: [{ kind: "commit", label: "75a168a9" }] }],
    });
    expect(body.thanks).toMatchObject({ found: ["Ann"], fixed: ["Bob"], helped: [] });
  });

  it("does not take a person's result for corrected because an agent says so", async () => {
    const { event, organizer } = await makeReviewed();
    await toPhase(event, "testing");
    const ann = await makeMember(event.entryIds.alpha ?? "");
    const { seq } = await logged(event, ann, { test: "C-2" });
    const { id } = await db.result.findUniqueOrThrow({ where: { seq: BigInt(seq) } });
    const parties = [
      { role: "uac", entry: "alpha", build: "2.0" },
      { role: "uas", entry: "beta", build: "1.0" },
    ];
    const startedAt = new Date().toISOString();
    const said = { test: "C-2", outcome: "fail", parties, startedAt, supersedes: id };
    await push(event, await event.tokenOf("alpha"), [item(said)]);
    const { body } = await organizer.summaries.preview({ eventSlug: event.slug });
    expect(body.tracks[0]).toMatchObject({ regressions: [{ test: "C-2", outcome: "fail" }] });
  });

  it("tells what fell back from one build to the next", async () => {
    const { event, token, organizer } = await makeReviewed();
    await toPhase(event, "testing");
    const parties = [
      { role: "uac", entry: "alpha", build: "2.0" },
      { role: "uas", entry: "beta", build: "1.0" },
    ];
    await push(event, token, [
      item({ parties, outcome: "fail", startedAt: "2026-11-20T11:00:00.000Z" }),
    ]);
    const { body } = await organizer.summaries.preview({ eventSlug: event.slug });
    expect(body.tracks[0]).toMatchObject({
      regressions: [
        {
          test: "C-1",
          outcome: "fail",
          parties: [
            { role: "uac", entry: "alpha", from: "1.0", to: "2.0" },
            { role: "uas", entry: "beta", from: "1.0", to: "1.0" },
          ],
        },
      ],
    });
  });

  it("is read by one query of the snapshots, and drafted by nine, whatever the size", async () => {
    const small = await makeReviewed();
    const large = await makeReviewed({
      entries: ["alpha", "beta", "gamma"].map((slug) => ({ slug })),
      tests: ["C-1", "C-2", "C-3"].map((key) => makeTest(key)),
    });
    const counts: number[][] = [];
    for (const { event, organizer } of [small, large]) {
      const where = { eventSlug: event.slug };
      const desk = await queriesOf(() => organizer.summaries.desk(where));
      const preview = await queriesOf(() => organizer.summaries.preview(where));
      await publish(organizer, event);
      const visitor = await callAs(null);
      counts.push([desk, preview, await queriesOf(() => visitor.summaries.latest(where))]);
    }
    // Each with one more for the scope.
    expect(counts).toEqual([
      [10, 9, 2],
      [10, 9, 2],
    ]);
  });
});

import { describe, expect, it } from "vitest";
import { db } from "@/lib/db/client";
import { callAs, makeLead, makeMember, makeOrganizer, makePerson } from "@/tests/factories/caller";
import { makeEvent } from "@/tests/factories/event";
import { codeOf, refusal } from "@/tests/factories/own-entry";

const text = (over: Record<string, unknown> = {}) => ({
  title: "Calls",
  body: "We called.",
  state: "draft" as const,
  revision: 0,
  ...over,
});

async function makeDesk() {
  const event = await makeEvent({ phase: "review" });
  const [organizerId, leadId] = [await makeOrganizer(event.eventId), await makeLead(event.trackId)];
  const where = { eventSlug: event.slug };
  return {
    event,
    where,
    leadId,
    organizer: await callAs(organizerId),
    lead: await callAs(leadId),
    write: async (id: string | null, key = "track-calls", block = text()) =>
      codeOf((await callAs(id)).summaries.writeBlock({ ...where, key, block })),
  };
}

describe("a text of the summary", () => {
  it("is there to be written for the event and for each track", async () => {
    const { lead, where } = await makeDesk();
    const { blocks } = await lead.summaries.desk(where);
    expect(
      blocks.map(({ key, title, state, revision, mayWrite }) => [
        key,
        title,
        state,
        revision,
        mayWrite,
      ]),
    ).toEqual([
      ["overview", "Overview", "todo", 0, false],
      ["track-calls", "Calls", "todo", 0, true],
    ]);
  });

  it("is written by its track's leads, by whom it is given to, and by the organizers", async () => {
    const { event, leadId, where, organizer, write } = await makeDesk();
    const others = [
      null,
      await makePerson(),
      await makeMember(event.entryIds.alpha ?? ""),
      await makeOrganizer((await makeEvent()).eventId),
    ];
    const answers = [];
    for (const id of others) answers.push(await write(id));
    expect(answers).toEqual(["UNAUTHORIZED", "FORBIDDEN", "FORBIDDEN", "FORBIDDEN"]);
    expect(await write(leadId, "overview")).toBe("FORBIDDEN");
    expect(await write(leadId)).toBe("done");
    await organizer.summaries.writeBlock({
      ...where,
      key: "overview",
      block: text({ assigneeId: leadId }),
    });
    expect(await write(leadId, "overview", text({ revision: 1 }))).toBe("done");
    expect(await write(leadId, "overview", text({ revision: 2, assigneeId: null }))).toBe(
      "FORBIDDEN",
    );
    expect(await write(leadId, "track-nowhere")).toBe("NOT_FOUND");
    expect(
      await db.audit.count({ where: { eventId: event.eventId, action: "summary.write" } }),
    ).toBe(3);
  });

  it("is not overwritten by somebody who has not read it as it is", async () => {
    const { where, lead, organizer } = await makeDesk();
    const key = "track-calls";
    expect(await lead.summaries.writeBlock({ ...where, key, block: text() })).toEqual({
      revision: 1,
    });
    expect(
      await organizer.summaries.writeBlock({
        ...where,
        key,
        block: text({ revision: 1, body: "Mine." }),
      }),
    ).toEqual({ revision: 2 });
    expect(
      await refusal(lead.summaries.writeBlock({ ...where, key, block: text({ revision: 1 }) })),
    ).toBe(
      "CONFLICT: Organizer has changed this text since you opened it (revision 2 now). It stands below as it is; take over what is yours and save again.",
    );
    const { block } = await lead.summaries.block({ ...where, key });
    expect(block).toMatchObject({ body: "Mine.", revision: 2, updatedBy: "Organizer" });
  });

  it("of two first versions at a time is one, and the other is told", async () => {
    const { where, lead, organizer, event } = await makeDesk();
    const both = await Promise.all(
      [lead, organizer].map((who) =>
        codeOf(who.summaries.writeBlock({ ...where, key: "track-calls", block: text() })),
      ),
    );
    expect(both.sort()).toEqual(["CONFLICT", "done"]);
    expect(await db.summaryBlock.count({ where: { eventId: event.eventId } })).toBe(1);
  });

  it("is given to organizers and leads only", async () => {
    const { where, organizer, leadId } = await makeDesk();
    const give = (assigneeId: string, revision: number) =>
      organizer.summaries.writeBlock({
        ...where,
        key: "overview",
        block: text({ assigneeId, revision }),
      });
    expect(await codeOf(give(await makePerson(), 0))).toBe("UNPROCESSABLE_CONTENT");
    await give(leadId, 0);
    expect((await organizer.summaries.desk(where)).blocks[0]?.assignee).toMatchObject({
      name: "Lead",
    });
  });

  it("may be one more, added and taken away by organizers", async () => {
    const { where, organizer, lead } = await makeDesk();
    expect(await codeOf(lead.summaries.addBlock({ ...where, title: "Hackathon" }))).toBe(
      "FORBIDDEN",
    );
    const { key } = await organizer.summaries.addBlock({ ...where, title: "Hackathon" });
    await organizer.summaries.addBlock({ ...where, title: "More calls", about: "calls" });
    expect(
      await codeOf(organizer.summaries.addBlock({ ...where, title: "X", about: "nowhere" })),
    ).toBe("NOT_FOUND");
    const titles = async () =>
      (await organizer.summaries.desk(where)).blocks.map(({ title }) => title);
    expect(await titles()).toEqual(["Overview", "Hackathon", "Calls", "More calls"]);
    expect(await codeOf(lead.summaries.removeBlock({ ...where, key }))).toBe("FORBIDDEN");
    expect(await codeOf(organizer.summaries.removeBlock({ ...where, key: "overview" }))).toBe(
      "CONFLICT",
    );
    await organizer.summaries.removeBlock({ ...where, key });
    expect(await titles()).toEqual(["Overview", "Calls", "More calls"]);
  });

  it("stays out of the summary until it is ready", async () => {
    const { where, organizer } = await makeDesk();
    const key = "track-calls";
    const texts = async () =>
      (await organizer.summaries.preview(where)).body.tracks.map((track) => track.texts);
    await organizer.summaries.writeBlock({ ...where, key, block: text() });
    expect(await texts()).toEqual([[]]);
    await organizer.summaries.writeBlock({
      ...where,
      key,
      block: text({ revision: 1, state: "ready" }),
    });
    expect(await texts()).toEqual([[{ title: "Calls", body: "We called." }]]);
  });
});

import { describe, expect, it } from "vitest";
import { GET as csv } from "@/app/api/v1/events/[eventSlug]/summary.csv/route";
import { GET as json } from "@/app/api/v1/events/[eventSlug]/summary.json/route";
import { GET as markdown } from "@/app/api/v1/events/[eventSlug]/summary.md/route";
import { db } from "@/lib/db/client";
import { summaryBodySchema } from "@/lib/summaries/schema";
import { type MadeEvent, makeEvent } from "@/tests/factories/event";
import { params } from "@/tests/factories/push";
import { makeReviewed, publish } from "@/tests/factories/reviewed";

// An agent's token stands for a session here: there is no browser to hold a cookie.
async function asking(event: MadeEvent) {
  const headers = { authorization: `Bearer ${await event.tokenOf(null)}` };
  return (door: typeof json, ending: string, query = "") =>
    door(
      new Request(`http://localhost:3000/api/v1/events/${event.slug}/summary.${ending}${query}`, {
        headers,
      }),
      params({ eventSlug: event.slug }),
    );
}

describe("the published summary as data", () => {
  it("is the frozen version, whole, as JSON", async () => {
    const { event, organizer } = await makeReviewed();
    await publish(organizer, event);
    const get = await asking(event);
    const answer = await get(json, "json");
    const told = (await answer.json()) as { body: unknown };
    expect(summaryBodySchema.parse(told.body)).toEqual(told.body);
    expect(told).toMatchObject({ version: 1, body: { event: { slug: event.slug } } });
    const etag = answer.headers.get("etag") ?? "";
    await db.entry.updateMany({ where: { eventId: event.eventId }, data: { name: "Renamed" } });
    expect((await get(json, "json")).headers.get("etag")).toBe(etag);
  });

  it("is Markdown with its numbers, and rows with the way to each", async () => {
    const { event, organizer } = await makeReviewed();
    await organizer.summaries.writeBlock({
      eventSlug: event.slug,
      key: "overview",
      block: {
        title: "Overview",
        body: "# Big\n\n```\n# not a heading\n```",
        state: "ready",
        revision: 0,
      },
    });
    await publish(organizer, event);
    const get = await asking(event);
    const text = await (await get(markdown, "md")).text();
    expect(text).toContain(
      "1 of 4 applicable combinations tried (25 %). 1 of 1 confirmed outcome passed (100 %).",
    );
    expect(text).toContain("### Big\n\n```\n# not a heading\n```");
    expect(text).toContain(
      `[Passed](http://localhost:3000/events/${event.slug}/tracks/calls?state=confirmed&outcome=pass) | 1 |`,
    );
    expect(text).toContain("- alpha × beta: 1 of 1 confirmed passed, 1 tried");
    const rows = (await (await get(csv, "csv")).text()).split("\r\n");
    expect(rows[0]).toBe("track,of,name,figure,value,words,page,data");
    expect(rows).toContain("calls,pair,alpha × beta,passed,1,,,");
  });

  it("is not there before it is published, nor in a version that is none", async () => {
    const event = await makeEvent({ phase: "review" });
    const get = await asking(event);
    const statuses = [];
    for (const [door, ending] of [
      [json, "json"],
      [markdown, "md"],
      [csv, "csv"],
    ] as const) {
      statuses.push((await get(door, ending)).status);
    }
    expect(statuses).toEqual([404, 404, 404]);
    const { event: told, organizer } = await makeReviewed();
    await publish(organizer, told);
    const ask = await asking(told);
    expect((await ask(json, "json", "?version=2")).status).toBe(404);
    expect((await ask(json, "json", "?version=x")).status).toBe(422);
    expect((await ask(json, "json", "?version=1")).status).toBe(200);
  });
});

import { describe, expect, it } from "vitest";
import { callAs, makeOrganizer } from "@/tests/factories/caller";
import { makeEvent } from "@/tests/factories/event";
import { codeOf } from "@/tests/factories/own-entry";
import { queriesOf } from "@/tests/factories/queries";

describe("what the pages within an event say of it", () => {
  it("is its name, phase and zone, and what the reader is here, as on its own page", async () => {
    const event = await makeEvent();
    const organizer = await callAs(await makeOrganizer(event.eventId));
    const { slug, label, phase, zone, roles } = await organizer.events.byName({
      eventSlug: event.slug,
    });
    expect(await organizer.events.head({ eventSlug: event.slug })).toEqual({
      ...{ slug, label, phase, zone, roles },
    });
  });

  it("does not exist for whoever does not know of a draft", async () => {
    const event = await makeEvent({ phase: "draft" });
    const visitor = await callAs(null);
    expect(await codeOf(visitor.events.head({ eventSlug: event.slug }))).toBe(
      await codeOf(visitor.events.byName({ eventSlug: event.slug })),
    );
  });

  it("is one query however much the event holds", async () => {
    const ask = async (slugs: string[]) => {
      const event = await makeEvent({ entries: slugs.map((slug) => ({ slug })) });
      const organizer = await callAs(await makeOrganizer(event.eventId));
      return queriesOf(() => organizer.events.head({ eventSlug: event.slug }));
    };
    expect(await ask(["a", "b", "c"])).toBe(await ask(["a"]));
  });
});

import { describe, expect, it } from "vitest";
import { grant } from "@/lib/auth/permit";
import { loadScope } from "@/lib/auth/scope";
import { db } from "@/lib/db/client";
import { type Appointment, appoint } from "@/lib/events/write/appoint";
import { callAs } from "@/tests/factories/caller";
import { makeEvent } from "@/tests/factories/event";

const permitFor = async (slug: string) =>
  grant({ kind: "operator" }, "event.prepare", await loadScope(slug, undefined));

describe("an appointment by the operator", () => {
  it.each<[Appointment, object]>([
    [{ as: "organizer" }, { requests: 0, tracks: [], entries: [] }],
    [
      { as: "lead", trackSlug: "calls" },
      { requests: null, tracks: [{ slug: "calls" }], entries: [] },
    ],
    [
      { as: "member", entrySlug: "beta" },
      { requests: null, tracks: [], entries: [{ slug: "beta" }] },
    ],
  ])("as %o gives that part and no other, and saying it again is no change", async (to, part) => {
    const event = await makeEvent();
    const email = `${to.as}-of-${event.slug}@example.org`;
    await appoint(await permitFor(event.slug), email, to);
    await appoint(await permitFor(event.slug), email, to);
    const person = await db.person.findUniqueOrThrow({ where: { email } });
    const caller = await callAs(person.id);
    expect(await caller.events.ownPart({ eventSlug: event.slug })).toMatchObject(part);
  });

  it.each<Appointment>([
    { as: "lead", trackSlug: "nowhere" },
    { as: "member", entrySlug: "nobody" },
  ])("to what the event does not have is refused: %o", async (to) => {
    const event = await makeEvent();
    await expect(appoint(await permitFor(event.slug), "x@example.org", to)).rejects.toMatchObject({
      code: "not_found",
    });
  });
});

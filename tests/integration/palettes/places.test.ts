import { describe, expect, it } from "vitest";
import { db } from "@/lib/db/client";
import { callAs, makeLead, makeMember, makeOrganizer, makePerson } from "@/tests/factories/caller";
import { makeEvent } from "@/tests/factories/event";
import { failedCell, raised } from "@/tests/factories/issue";
import { queriesOf } from "@/tests/factories/queries";

const placesFor = async (personId: string | null, eventSlug: string) =>
  (await callAs(personId)).palettes.places({ eventSlug });

const labels = (places: { label: string }[]) => places.map(({ label }) => label);

describe("the places of the palette", () => {
  it("are what an event holds by name, and one's own pages first", async () => {
    const event = await makeEvent();
    const places = await placesFor(await makeMember(event.entryIds.alpha ?? ""), event.slug);
    const base = `/events/${event.slug}`;
    expect(places).toContainEqual({
      ...{ group: "track", label: "Calls", hint: "calls", path: `${base}/tracks/calls` },
    });
    expect(places).toContainEqual({
      ...{ group: "test", label: "C-1 Test C-1", hint: "calls" },
      path: `${base}/tracks/calls/tests/C-1`,
    });
    expect(labels(places)).toEqual(
      expect.arrayContaining(["Log a result", "alpha: change it", "beta"]),
    );
    expect(labels(places)).not.toContain("beta: change it");
    const { project } = await db.entry.findFirstOrThrow({
      where: { id: event.entryIds.beta ?? "" },
      select: { project: true },
    });
    expect(places.find(({ group, hint }) => group === "entry" && hint === "beta")).toMatchObject({
      project: project.slug,
    });
    expect(labels(places)).not.toContain("Settings");
  });

  it("do not name a restricted track, its tests or its issues to a stranger", async () => {
    const event = await makeEvent({
      restricted: true,
      visibility: "public",
      entries: [{ slug: "alpha" }, { slug: "beta" }, { slug: "gamma", roles: [] }],
    });
    const ann = await makeMember(event.entryIds.alpha ?? "");
    const cell = await failedCell(event);
    await raised(event, ann, { title: "A secret crash", cell });
    const secret = /Calls|C-1|secret/;
    const isNamed = async (personId: string | null) =>
      labels(await placesFor(personId, event.slug)).some((label) => secret.test(label));
    expect(await isNamed(null)).toBe(false);
    expect(await isNamed(await makePerson())).toBe(false);
    expect(await isNamed(ann)).toBe(true);
    expect(await isNamed(await makeLead(event.trackId))).toBe(true);
    expect(await isNamed(await makeOrganizer(event.eventId))).toBe(true);
  });

  it("are read in as many queries with one entry as with three", async () => {
    const one = await makeEvent({ entries: [{ slug: "alpha" }] });
    const three = await makeEvent({
      entries: [{ slug: "alpha" }, { slug: "beta" }, { slug: "gamma" }],
    });
    const counts: number[] = [];
    for (const { slug, entryIds } of [one, three]) {
      const caller = await callAs(await makeMember(entryIds.alpha ?? ""));
      counts.push(await queriesOf(() => caller.palettes.places({ eventSlug: slug })));
    }
    expect(counts[0]).toBe(counts[1]);
  });
});

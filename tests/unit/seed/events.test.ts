import { describe, expect, it } from "vitest";
import { events, tracks } from "./files";

const catalogue = new Map(tracks.map((track) => [track.slug, track]));
const duplicates = (names: readonly string[]) =>
  names.filter((name, at) => names.indexOf(name) !== at);

describe.each(events)("the event $event.slug", ({ event, ...seed }) => {
  it("has tracks of the catalogue", () => {
    expect(seed.tracks.map(({ slug }) => slug).filter((slug) => !catalogue.has(slug))).toEqual([]);
  });

  it("has every slug once", () => {
    expect(duplicates(seed.projects.map(({ slug }) => slug))).toEqual([]);
    expect(duplicates(seed.entries.map(({ slug }) => slug))).toEqual([]);
    expect(duplicates(seed.agents.map(({ name }) => name))).toEqual([]);
  });

  it("enters projects that it names, in roles that the tracks have", () => {
    const projects = new Set(seed.projects.map(({ slug }) => slug));
    const here = new Set(seed.tracks.map(({ slug }) => slug));
    for (const { slug, project, tracks: entered } of seed.entries) {
      expect(projects, slug).toContain(project);
      for (const [track, roles] of Object.entries(entered)) {
        expect(here, slug).toContain(track);
        const known = catalogue.get(track)?.roles.map(({ key }) => key) ?? [];
        expect(
          roles.filter((role) => !known.includes(role)),
          `${slug} in ${track}`,
        ).toEqual([]);
      }
    }
  });

  it("has a current build that is one of the entry's, and none twice", () => {
    for (const { slug, builds, currentBuild } of seed.entries) {
      const labels = builds.map(({ label }) => label);
      expect(duplicates(labels), slug).toEqual([]);
      expect(
        currentBuild === undefined ? labels : labels.filter((label) => label === currentBuild),
        slug,
      ).toHaveLength(currentBuild === undefined ? 0 : 1);
    }
  });

  it("gives agents to entries that it has", () => {
    const slugs = new Set(seed.entries.map(({ slug }) => slug));
    for (const { entry } of seed.agents) if (entry !== null) expect(slugs).toContain(entry);
  });

  it("is told in a zone that exists", () => {
    expect(() => new Intl.DateTimeFormat("en", { timeZone: event.zone })).not.toThrow();
  });
});

it("OpenSIPIt'03 states what its source tells, and brings nothing that could make a result", () => {
  const edition = events.find(({ event }) => event.slug === "opensipit-03");
  expect(edition?.agents).toEqual([]);
  expect(edition?.event).not.toHaveProperty("startsAt");
  expect(edition?.tracks.filter(({ leadNames }) => leadNames.length === 0)).toMatchObject([
    { slug: "rfc8760" },
  ]);
  expect(new Set(edition?.statements.map(({ source }) => source)).size).toBe(1);
  expect(edition?.statements.find(({ figure }) => figure?.value === 8)?.about).toBe(
    "Participation",
  );
});

it("OpenSIPIt'03 has the issues that its source tells, with its commits, and their tracks and targets", () => {
  const edition = events.find(({ event }) => event.slug === "opensipit-03");
  const issues = edition?.issues ?? [];
  expect(issues.map(({ target, state, kind }) => [target, state, kind])).toEqual([
    ["FreeSWITCH", "fixedLive", "configuration"],
    ["Asterisk", "fixedLive", "bug"],
    ["OpenSIPS", "fixedLive", "bug"],
    ["OpenSIPS", "fixedLive", "wording"],
  ]);
  const labels = (wanted: string) =>
    issues.flatMap(({ links }) =>
      links.filter(({ kind }) => kind === wanted).map(({ label }) => label),
    );
  expect(labels("commit")).toEqual(["75a168a9", "e2977a4f"]);
  expect(new Set(labels("regressionTest"))).toEqual(
    new Set(["sipssert-opensips-tests: stir_shaken (SIPssert)"]),
  );
  expect(issues.filter(({ credits }) => credits.length === 0)).toEqual([]);
  const names = new Set(edition?.projects.map(({ name }) => name));
  const tracksHere = new Set(edition?.tracks.map(({ slug }) => slug));
  for (const { target, track, source } of issues) {
    expect(names).toContain(target);
    expect(tracksHere).toContain(track);
    expect(source).toContain("OpenSIPS blog");
  }
});

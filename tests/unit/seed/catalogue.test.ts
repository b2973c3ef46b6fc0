import { describe, expect, it } from "vitest";
import { tracks } from "./files";

const duplicates = (names: readonly string[]) =>
  names.filter((name, at) => names.indexOf(name) !== at);

describe.each(tracks)("the catalogue's track $slug", (track) => {
  it("has every key once", () => {
    expect(duplicates(track.tests.map(({ key }) => key))).toEqual([]);
    expect(duplicates(track.roles.map(({ key }) => key))).toEqual([]);
  });

  it("has every alias once, none of them another test's key, and none that differs in case only", () => {
    const names = track.tests.flatMap(({ key, aliases }) => [key, ...aliases]);
    expect(duplicates(names.map((name) => name.toLowerCase()))).toEqual([]);
  });

  it("declares the roles that its tests use, and has a required one in each", () => {
    const declared = new Set(track.roles.map(({ key }) => key));
    for (const { key, kind, roles } of track.tests) {
      expect(
        roles.filter((role) => !declared.has(role.key)),
        key,
      ).toEqual([]);
      const required = roles.filter(({ min }) => min > 0).length;
      expect({ solo: 1, pair: 2, group: 3 }[kind], key).toBe(required);
    }
  });

  it("lets every test end with somebody looking", () => {
    const blind = track.tests.filter(
      ({ steps }) => !steps.some(({ phase }) => phase === "verify" || phase === "check"),
    );
    expect(blind.map(({ key }) => key)).toEqual([]);
  });

  it("gives the variant of an alias only as the test declares it, in full", () => {
    for (const { key, aliases, aliasVariants, variants } of track.tests) {
      for (const [alias, variant] of Object.entries(aliasVariants)) {
        expect(aliases, key).toContain(alias);
        expect(Object.keys(variant).sort(), alias).toEqual(Object.keys(variants).sort());
        for (const [name, value] of Object.entries(variant)) {
          expect(variants[name], alias).toContain(value);
        }
      }
    }
  });

  it("answers by its own profile wherever answers are given at all", () => {
    const without = track.tests.filter(
      ({ accepted }) => Object.keys(accepted).length > 0 && !(track.profile in accepted),
    );
    expect(without.map(({ key }) => key)).toEqual([]);
  });
});

describe("the catalogue", () => {
  it("has the 107 cases of the six tracks", () => {
    const counts = Object.fromEntries(tracks.map(({ slug, tests }) => [slug, tests.length]));
    expect(counts).toEqual({
      dtls: 18,
      performance: 15,
      rfc8760: 18,
      security: 19,
      siprec: 17,
      "stir-shaken": 20,
    });
  });

  it("restricts security and nothing else, and states its rules of engagement", () => {
    expect(tracks.filter(({ restricted }) => restricted).map(({ slug }) => slug)).toEqual([
      "security",
    ]);
    expect(tracks.find(({ restricted }) => restricted)?.notes.rulesOfEngagement).toHaveLength(3);
  });

  it("judges no figure: every performance case is a measurement", () => {
    const performance = tracks.find(({ slug }) => slug === "performance");
    expect(performance?.tests.filter(({ measured }) => !measured)).toEqual([]);
    expect(performance?.tests.filter(({ measurements }) => measurements.length === 0)).toEqual([]);
  });
});

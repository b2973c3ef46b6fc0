import { describe, expect, it } from "vitest";
import { changedFields, faultsOfTest, isOfSubstance, orphanFaults } from "@/lib/plans/rules";
import type { CatalogueTest } from "@/lib/tracks/schema";
import { makeTest } from "@/tests/factories/event";

const before = makeTest("C-1", { variants: { transport: ["udp", "tcp"] }, aliases: ["one"] });
const isNewVersion = (over: Partial<CatalogueTest>) =>
  isOfSubstance(changedFields(before, { ...before, ...over }));

describe("what makes a new version of a test", () => {
  it.each<Partial<CatalogueTest>>([
    { kind: "solo" },
    { directional: false },
    { measured: true },
    { roles: [{ key: "uac", min: 1, max: 2 }] },
    { variants: { transport: ["udp"] } },
    { preconditions: ["A registrar"] },
    { steps: [{ phase: "check", text: "Call." }] },
    { expected: "Nothing." },
    { passCriteria: "180" },
    { failCriteria: "486" },
    { accepted: { rfc: { codes: ["437"] } } },
    { measurements: [{ id: "m", name: "m", unit: "s", how: "so", vantage: "here" }] },
  ])("%j does", (over) => expect(isNewVersion(over)).toBe(true));

  it.each<Partial<CatalogueTest>>([
    {},
    { title: "Other" },
    { level: "may" },
    { purpose: "Other words" },
    { references: [{ cite: "RFC 3261", verified: false }] },
    { aliases: ["one", "two"] },
    { evidence: ["pcap"] },
    { sources: ["here"] },
    { automation: "by sipp" },
    { roles: [...before.roles].reverse() },
    { variants: { transport: ["udp", "tcp"] } },
  ])("%j does not", (over) => expect(isNewVersion(over)).toBe(false));
});

describe("a test that has results", () => {
  const roles = ["uac", "uas"];
  const planned = {
    id: "1",
    number: 1,
    version: 1,
    retired: false,
    content: before,
    shapes: [{ variant: { transport: "udp" }, roles }],
  };
  const faults = (over: Partial<CatalogueTest>, shapes = planned.shapes) =>
    orphanFaults({ ...planned, shapes }, { ...before, ...over }).map(({ pointer }) => pointer);

  it("keeps what gives them their place", () => {
    expect(faults({ variants: { transport: ["tcp"] } })).toEqual(["/variants"]);
    expect(faults({ variants: { transport: ["udp"], mode: ["fast"] } })).toEqual(["/variants"]);
    expect(
      faults({
        roles: [
          { key: "uac", min: 2, max: 2 },
          { key: "uas", min: 1, max: 1 },
        ],
      }),
    ).toEqual(["/roles"]);
    expect(
      faults({
        roles: [
          { key: "uac", min: 1, max: 1 },
          { key: "uas", min: 0, max: 1 },
        ],
      }),
    ).toEqual(["/roles"]);
  });

  it("may gain values and optional roles, and lose what nobody used", () => {
    expect(faults({ variants: { transport: ["udp", "tls"] } })).toEqual([]);
    expect(faults({ roles: [...before.roles, { key: "proxy", min: 0, max: 1 }] })).toEqual([]);
    expect(faults({ variants: {}, kind: "solo", directional: false }, [])).toEqual([]);
  });
});

describe("a test that does not fit together", () => {
  const around = { roles: ["uac", "uas"], profile: "rfc", names: new Map([["two", "C-2"]]) };
  it.each<[Partial<CatalogueTest>, string]>([
    [{ roles: [{ key: "mixer", min: 1, max: 1 }] }, "This track has no role 'mixer': uac, uas."],
    [{ kind: "group" }, "A group test has three or more required roles; here are 2."],
    [{ aliases: ["one", "TWO"] }, "'TWO' is a name of C-2 already: a name stands for one test."],
    [{ aliases: ["one", "One"] }, "'One' is there twice."],
    [{ aliasVariants: { three: { transport: "udp" } } }, "'three' is no alias of this test."],
    [
      { aliasVariants: { one: { transport: "sctp" } } },
      "'one': no variant transport sctp is declared.",
    ],
    [
      { accepted: { "man-fr": { codes: ["437"] } } },
      "Say what 'rfc' accepts too: this track is judged by that profile.",
    ],
  ])("%j is told so", (over, message) =>
    expect(faultsOfTest({ ...before, ...over }, around).map((fault) => fault.message)).toContain(
      message,
    ),
  );

  it("and one that does is not", () => expect(faultsOfTest(before, around)).toEqual([]));
});

import { describe, expect, it } from "vitest";
import { Failure } from "@/lib/harness/failure";
import type { Draft } from "@/lib/harness/formats/draft";
import { itemMaker, type Meaning } from "@/lib/harness/items";
import { loadSidecar } from "@/lib/harness/names";
import { parseParty } from "@/lib/harness/parties";
import { openScratch } from "./scratch";

const scratch = openScratch();
const load = (text: string) => loadSidecar(scratch.write(text));

const SIDECAR = `
# What SIPssert's names mean here.
track: stir-shaken
parties: { as: opensips@3.6.1, vs: kamailio@6.1.0 }
tests:
  "04.verify-200": SS-01
  "08.*":
    test: SS-03
    variant: { alg: ES256 }
    parties: { vs: kamailio-strict }
  "08.B.*": SS-02
  "[x] a+b (c)": SS-09
tasks:
  "uac-*": as
  opensips: vs
`;
const DRAFT: Draft = { test: "x", outcome: "pass", startedAt: "2026-11-22T20:00:00Z" };
const DEFAULTS = [
  { role: "as", entry: "opensips", build: "3.6.1" },
  { role: "vs", entry: "kamailio", build: "6.1.0" },
];

async function itemFrom(draft: Partial<Draft>, meaning: Partial<Meaning> = {}) {
  const sidecar = await load(SIDECAR);
  const base = { root: "r", test: undefined, parties: [], defaults: DEFAULTS, sidecar };
  const judged = itemMaker({ ...base, ...meaning })({ ...DRAFT, ...draft });
  if ("problem" in judged) throw new Error(judged.problem.detail);
  return judged.item;
}

describe("a sidecar", () => {
  it("renames a test, and the raw name stays as a label", async () => {
    const { test, labels, parties } = await itemFrom({ test: "04.verify-200" });
    expect({ test, labels, parties }).toEqual({
      test: "SS-01",
      labels: { name: "04.verify-200" },
      parties: undefined,
    });
  });

  it("takes the first pattern that fits, with its variant and parties", async () => {
    const { test, variant, parties } = await itemFrom({ test: "08.B.verify-error-403" });
    expect({ test, variant, parties }).toEqual({
      test: "SS-03",
      variant: { alg: "ES256" },
      parties: [DEFAULTS[0], { role: "vs", entry: "kamailio-strict" }],
    });
  });

  it("treats everything but the star as it is written", async () => {
    expect((await itemFrom({ test: "[x] a+b (c)" })).test).toBe("SS-09");
    expect((await itemFrom({ test: "08xB" })).test).toBe("08xB");
  });

  it("says more than the report and less than the flags", async () => {
    const own = {
      parties: [
        { role: "as", entry: "report" },
        { role: "vs", entry: "report" },
      ],
    };
    expect((await itemFrom({ test: "other", ...own })).parties).toEqual(DEFAULTS);
    const flags = { parties: [parseParty("vs=asterisk")], test: "SS-20" };
    const { test, parties } = await itemFrom({ test: "08.A", ...own }, flags);
    expect({ test, parties }).toEqual({
      test: "SS-20",
      parties: [DEFAULTS[0], { role: "vs", entry: "asterisk" }],
    });
  });

  it("tells which role a task plays, so that its end is seen as that party's", async () => {
    const { roleOf } = await load(SIDECAR);
    expect([roleOf("uac-sipp"), roleOf("opensips"), roleOf("mysql")]).toEqual([
      "as",
      "vs",
      undefined,
    ]);
    const { parties } = await itemFrom({ seen: [{ role: "vs", observed: "exit 255" }] });
    expect(parties).toEqual([DEFAULTS[0], { ...DEFAULTS[1], observed: "exit 255" }]);
  });

  it("means the same when only its comments change", async () => {
    const other = await load(SIDECAR.replace("# What", "# whatever"));
    expect(other.digest).toBe((await load(SIDECAR)).digest);
    expect((await load("track: dtls")).digest).not.toBe(other.digest);
    expect((await load("")).track).toBeUndefined();
  });

  it.each([
    ["track: [dtls", "1:13"],
    ["a: b\n  c: d", "1:4"],
    ["tracks: dtls", "Unrecognized key"],
    ["track: DTLS", "/track"],
    ["tests: { x: { tset: SS-01 } }", "/tests/x"],
    ["parties: { AS: opensips }", "/parties"],
    [
      "a: &a [x,x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: [*b,*b,*b,*b,*b,*b,*b,*b,*b,*b,*b]",
      "alias",
    ],
  ])("%j is refused with its place", async (text, place) => {
    const error: unknown = await load(text).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(Failure);
    expect((error as Failure).message).toContain(place);
  });
});

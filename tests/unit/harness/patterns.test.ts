import { describe, expect, it } from "vitest";
import { Failure } from "@/lib/harness/failure";
import { itemMaker, type Meaning } from "@/lib/harness/items";
import { loadSidecar } from "@/lib/harness/names";
import { openScratch } from "./scratch";

const scratch = openScratch();
const load = (text: string) => loadSidecar(scratch.write(text));
const refusalOf = async (made: Promise<unknown>) => {
  const reason: unknown = await made.catch((error: unknown) => error);
  expect(reason).toBeInstanceOf(Failure);
  return (reason as Failure).message;
};

/** What the cases of a report become with a sidecar. */
async function itemsOf(report: string, text: string, meaning: Partial<Meaning> = {}) {
  const sidecar = await load(text);
  const base = { root: "r", test: undefined, parties: [], defaults: [], sidecar };
  const make = itemMaker({ ...base, ...meaning });
  const drafts = [];
  for await (const draft of (await scratch.read(report)).items()) drafts.push(draft);
  return drafts.map((draft) => {
    const judged = make(draft);
    if ("problem" in judged) throw new Error(judged.problem.detail);
    return judged.item;
  });
}

const junit = (name: string, properties: Record<string, string> = {}) =>
  `<testsuite><testcase name="${name}"><properties>${Object.entries(properties)
    .map(([key, value]) => `<property name="${key}" value="${value}"/>`)
    .join("")}</properties></testcase></testsuite>`;
const tap = (name: string, told = "") => `TAP version 14\n${told}1..1\nok 1 - ${name}\n`;

const PATTERNS = "patterns: ['{test} {as}-to-{vs} {variant.alg}']";
const NAME = "SS-01 opensips@3.6-to-kamailio ES256";
const MEANT = {
  test: "SS-01",
  variant: { alg: "ES256" },
  parties: [
    { role: "as", entry: "opensips", build: "3.6" },
    { role: "vs", entry: "kamailio" },
  ],
};

describe("a pattern for names of cases", () => {
  it("tells test, parties and variant, and keeps the raw name as a label", async () => {
    for (const report of [junit(NAME), tap(NAME)]) {
      const [item] = await itemsOf(report, PATTERNS);
      expect(item).toMatchObject({ ...MEANT, labels: { name: NAME } });
    }
  });

  it("leaves a name that it does not fit as it is", async () => {
    const [item] = await itemsOf(junit("something else"), PATTERNS);
    expect([item?.test, item?.parties, item?.variant]).toEqual(["something else", undefined, {}]);
  });

  it("says less than the report, which says less than the sidecar's rules, which say less than flags", async () => {
    const own = { "plugfest.role.vs": "asterisk@22", "plugfest.variant.alg": "RS256" };
    const [told] = await itemsOf(junit(NAME, own), PATTERNS);
    expect(told).toMatchObject({
      test: "SS-01",
      variant: { alg: "RS256" },
      parties: [MEANT.parties[0], { role: "vs", entry: "asterisk", build: "22" }],
    });
    const [named] = await itemsOf(junit(NAME, { ...own, "plugfest.test": "SS-09" }), PATTERNS);
    expect(named?.test).toBe("SS-09");
    const rules = `${PATTERNS}\ntests: { SS-01: { test: SS-02, parties: { vs: freeswitch } } }`;
    const [ruled] = await itemsOf(junit(NAME, own), rules);
    expect(ruled).toMatchObject({
      test: "SS-02",
      parties: [MEANT.parties[0], { role: "vs", entry: "freeswitch" }],
    });
    const flags = { test: "SS-30", parties: [{ role: "vs", entry: "sippy" }] };
    const [flagged] = await itemsOf(junit(NAME, own), rules, flags);
    expect(flagged).toMatchObject({
      test: "SS-30",
      parties: [MEANT.parties[0], { role: "vs", entry: "sippy" }],
    });
  });

  it("counts first where several fit, with what is told beside it", async () => {
    const text = `patterns:
  - { case: "sip-js-{vs}", test: WS-01, parties: { as: sip-js }, variant: { over: wss } }
  - "{as}-{vs}"`;
    const [item] = await itemsOf(junit("sip-js-kamailio"), text);
    expect(item).toMatchObject({
      test: "WS-01",
      variant: { over: "wss" },
      parties: [
        { role: "as", entry: "sip-js" },
        { role: "vs", entry: "kamailio" },
      ],
    });
    expect(await refusalOf(itemsOf(junit("a-b-c"), text))).toMatch(
      /'a-b-c' can be read in two ways by the pattern '\{as\}-\{vs\}': as=a, vs=b-c; or as=a-b, vs=c\. Put a pattern before it/,
    );
  });

  it("changes no id of an item where there is none", async () => {
    const idOf = async (text: string) => (await load(text)).digest;
    expect(await idOf("track: dtls\npatterns: []")).toBe(await idOf("track: dtls"));
    expect(await idOf(`track: dtls\n${PATTERNS}`)).not.toBe(await idOf("track: dtls"));
  });
});

describe("a pattern for names of files", () => {
  it("tells of all files of a run together, and is refused where they contradict each other", async () => {
    const { patterns } = await load("patterns: [{ file: '{as}-to-{vs}.xml' }]");
    const meant = {
      variant: {},
      test: undefined,
      parties: MEANT.parties.map(({ role, entry }) => ({ role, entry })),
    };
    expect(patterns.ofFiles(["opensips-to-kamailio.xml"])).toEqual(meant);
    expect(patterns.ofFiles(["notes.txt", "opensips-to-kamailio.xml"])).toEqual(meant);
    expect(patterns.ofFiles(["report.xml"])).toBeUndefined();
    expect(patterns.ofCase("opensips-to-kamailio.xml")).toBeUndefined();
    expect(() => patterns.ofFiles(["a-to-b.xml", "c-to-d.xml"])).toThrow(
      /'a-to-b.xml' and 'c-to-d.xml'/,
    );
  });
});

describe("a list of patterns", () => {
  it.each([
    ["patterns: ['{as}{vs}']", ":1:12: /patterns/0", "Put a text between them"],
    ["patterns:\n  - 'x'", ":2:5: /patterns/0", "It tells nothing"],
    ["patterns: [{ test: SS-01 }]", "/patterns/0", "give it as case"],
    ["patterns: [{ case: '{as}', file: '{vs}' }]", "/patterns/0", "give it as case"],
    ["patterns: [{ case: '{as}', parties: { as: x } }]", "/patterns/0", "told beside it"],
    ["patterns: [{ case: '{as}', tset: x }]", ":1:34: /patterns/0", "Unrecognized key"],
  ])("%s is refused with its place", async (text, place, advice) => {
    const said = await refusalOf(load(text));
    expect(said).toContain(place);
    expect(said).toContain(advice);
  });
});

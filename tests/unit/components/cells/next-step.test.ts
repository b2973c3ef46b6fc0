import { describe, expect, it } from "vitest";
import { meaningOf, nextSteps } from "@/components/cells/next-step";
import { sidesOf } from "@/components/cells/sides";
import type { CellPage, ResultLine } from "@/lib/cells/schema";

const result = (change: Partial<ResultLine>): ResultLine => ({
  seq: "1",
  id: "r1",
  reporter: "OpenSSL",
  entry: change.reporter === null ? null : "openssl",
  answers: null,
  isDenial: false,
  origin: "agent",
  by: "openssl-harness",
  outcome: "pass",
  rawStatus: null,
  test: "DTLS-01",
  attempt: 1,
  startedAt: "2026-11-22T19:47:39.597Z",
  receivedAt: "2026-11-22T19:48:00.000Z",
  durationMs: null,
  message: null,
  log: null,
  metrics: [],
  labels: {},
  exchange: null,
  unsupportedBy: [],
  parties: [],
  run: { id: "run", runner: null, state: "complete" },
  isVoid: false,
  isSuperseded: false,
  backfilled: false,
  late: false,
  ...change,
});

const party = (role: string, name: string, kind = "participant") => ({
  role,
  roleLabel: role,
  entry: name.toLowerCase(),
  project: name.toLowerCase(),
  name,
  kind,
  build: "1.0",
  currentBuild: "1.0",
  builds: ["1.0"],
  isOwn: false,
});

const cellPage = (change: Partial<CellPage>): CellPage => ({
  id: "c1",
  track: { slug: "dtls", title: "DTLS", restricted: false },
  test: { key: "DTLS-01", title: "Handshake", version: 1, level: "must", measured: false },
  variant: {},
  parties: [party("client", "OpenSSL"), party("server", "GnuTLS")],
  state: "reported",
  outcome: "pass",
  sides: 1,
  sidesOf: 2,
  attempts: 1,
  flaky: false,
  knownIssue: false,
  stale: false,
  latestAt: "2026-11-22T19:47:39.597Z",
  stamp: "1",
  results: [result({})],
  ...change,
});

const stepsOf = (cell: CellPage) => nextSteps(cell, sidesOf(cell));

describe("the sides of a cell", () => {
  it("are its participants, silent or not, and whoever else has spoken", () => {
    const cell = cellPage({
      parties: [...cellPage({}).parties, party("tester", "SIPp", "tool")],
      results: [result({}), result({ seq: "2", reporter: null })],
    });
    expect(sidesOf(cell).map(({ name, words }) => [name, words.length])).toEqual([
      ["OpenSSL", 1],
      ["GnuTLS", 0],
      [null, 1],
    ]);
  });

  it("tells two entries of one name apart", () => {
    const twins = [party("client", "Twin"), { ...party("server", "Twin"), entry: "twin-2" }];
    const cell = cellPage({
      parties: twins,
      results: [result({ reporter: "Twin", entry: "twin-2" })],
    });
    expect(sidesOf(cell).map(({ slug, words }) => [slug, words.length])).toEqual([
      ["twin", 0],
      ["twin-2", 1],
    ]);
  });

  it("let a denial count before what decides nothing", () => {
    const denial = result({ seq: "1", isDenial: true, outcome: "inconclusive" });
    const cell = cellPage({ results: [result({ seq: "2", outcome: "error" }), denial] });
    expect(sidesOf(cell)[0]?.words.map(({ seq }) => seq)).toEqual(["1"]);
  });

  it("keep a person's word beside the agent's", () => {
    const cell = cellPage({ results: [result({}), result({ seq: "2", origin: "person" })] });
    expect(sidesOf(cell)[0]?.words.map(({ origin }) => origin)).toEqual(["person", "agent"]);
  });

  it("do not repeat what was retracted or corrected", () => {
    const cell = cellPage({
      results: [
        result({ seq: "3", isVoid: true }),
        result({ seq: "2", outcome: "fail", isSuperseded: true }),
        result({ seq: "1" }),
      ],
    });
    expect(sidesOf(cell)[0]?.words.map(({ seq }) => seq)).toEqual(["1"]);
  });

  it("stand by their latest decisive word", () => {
    const cell = cellPage({ results: [result({ seq: "2", outcome: "error" }), result({})] });
    expect(sidesOf(cell)[0]?.words.map(({ outcome }) => outcome)).toEqual(["pass"]);
  });
});

describe("what would take a cell further", () => {
  it("names the side that is silent", () => {
    expect(stepsOf(cellPage({}))).toEqual([
      "GnuTLS has not reported yet. A report on the same builds, or one from a neutral harness, would confirm or dispute it.",
    ]);
  });

  it("is nothing when all agree on what is current", () => {
    expect(stepsOf(cellPage({ state: "confirmed", sides: 2 }))).toEqual([]);
  });

  it("names the build that is current when the cell is stale", () => {
    const [client] = cellPage({}).parties;
    const moved = { ...party("server", "GnuTLS"), currentBuild: "1.1" };
    const cell = cellPage({
      state: "confirmed",
      stale: true,
      parties: [...(client ? [client] : []), moved],
    });
    expect(stepsOf(cell)).toEqual(["Stale: an attempt with GnuTLS 1.1 would bring it up to date."]);
  });

  it("asks for a decisive outcome where none was said", () => {
    const cell = cellPage({ outcome: "error", results: [result({ outcome: "error" })] });
    expect(stepsOf(cell)[0]).toContain("decisive outcome");
    expect(meaningOf(cell, sidesOf(cell))).toContain("decides nothing");
  });

  it("offers a ruling when the sides differ, and overwrites nobody", () => {
    const cell = cellPage({ state: "disputed", outcome: null });
    expect(stepsOf(cell)[0]).toContain("ruling");
    expect(stepsOf(cell)[0]).toContain("nobody’s result is overwritten");
  });
});

it("a neutral harness is said to speak for those who are silent", () => {
  const cell = cellPage({ state: "confirmed", sides: 2, results: [result({ reporter: null })] });
  expect(meaningOf(cell, sidesOf(cell))).toBe(
    "A neutral harness says so; it speaks for every side that is silent.",
  );
});

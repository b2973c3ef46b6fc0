import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nextSteps, openSeatings } from "@/lib/pairings/rules";
import type { OwnCell, PlayedTest, PlayedTrack, Player } from "@/lib/pairings/schema";

const player = (slug: string, over: Partial<Player> = {}): Player => ({
  id: `id-${slug}`,
  slug,
  name: slug,
  kind: "participant",
  plays: ["uac", "uas"],
  isOwn: slug === "alpha",
  currentBuildId: `${slug}-1`,
  builds: ["1.0"],
  ...over,
});

const test = (key: string, over: Partial<PlayedTest> = {}): PlayedTest => ({
  id: `id-${key}`,
  key,
  title: `Test ${key}`,
  level: "must",
  directional: true,
  roles: [
    { key: "uac", min: 1, max: 1 },
    { key: "uas", min: 1, max: 1 },
  ],
  variants: {},
  ...over,
});

const track = (over: Partial<PlayedTrack> = {}): PlayedTrack => ({
  id: "t",
  slug: "calls",
  title: "Calls",
  restricted: false,
  roles: [],
  tests: [test("C-1")],
  players: [player("alpha"), player("beta")],
  ...over,
});

const cell = (over: Partial<OwnCell> = {}): OwnCell => ({
  id: "c",
  trackId: "t",
  testId: "id-C-1",
  variant: {},
  parties: [
    { role: "uac", entry: "id-alpha" },
    { role: "uas", entry: "id-beta" },
  ],
  state: "reported",
  outcome: "pass",
  tested: { "id-alpha": "alpha-1", "id-beta": "beta-1" },
  ...over,
});

const alpha = player("alpha");
const next = (cells: OwnCell[], one = track()) => nextSteps(alpha, { tracks: [one], cells });

describe("whom to meet", () => {
  it("is who plays the other role, with what the two have not tried in either direction", () => {
    const one = track({ tests: [test("C-1"), test("C-2", { level: "may" })] });
    const both = {
      track: { slug: "calls", title: "Calls" },
      entry: { slug: "beta", name: "beta" },
    };
    expect(next([], one).partners).toEqual([{ ...both, open: 4, must: 2 }]);
    expect(next([cell()], one).partners).toEqual([{ ...both, open: 3, must: 1 }]);
    expect(next([cell({ state: "planned", outcome: null })], one).partners).toMatchObject([
      { open: 4 },
    ]);
  });

  it("is nobody whose roles do not fit, nor for a test of one party", () => {
    const uacs = [player("alpha", { plays: ["uac"] }), player("beta", { plays: ["uac"] })];
    expect(next([], track({ players: uacs })).partners).toEqual([]);
    const solo = test("S-1", { roles: [{ key: "uac", min: 1, max: 1 }] });
    expect(next([], track({ tests: [solo] })).partners).toEqual([]);
  });

  it("is who has most that must be tried first", () => {
    const players = [alpha, player("beta", { plays: ["uas"] }), player("gamma")];
    expect(
      next([], track({ players })).partners.map(({ entry, must }) => [entry.slug, must]),
    ).toEqual([
      ["gamma", 2],
      ["beta", 1],
    ]);
  });

  it("counts each declared variant, and a test without direction once", () => {
    const tests = [test("C-1", { variants: { alg: ["a", "b", "c"] }, directional: false })];
    expect(next([], track({ tests })).partners).toMatchObject([{ open: 3 }]);
    expect(next([cell({ variant: { alg: "b" } })], track({ tests })).partners).toMatchObject([
      { open: 2 },
    ]);
  });

  it("names the seats of what is open by slugs", () => {
    expect(openSeatings(test("C-1"), [alpha, player("beta")], [cell()])).toEqual([
      {
        variant: {},
        seats: [
          { role: "uas", entry: "alpha" },
          { role: "uac", entry: "beta" },
        ],
      },
    ]);
  });
});

describe("what to look at again", () => {
  it("is what failed, once somebody runs another build", () => {
    const failed = cell({ outcome: "fail", state: "confirmed" });
    expect(next([failed]).retests).toEqual([]);
    const players = [alpha, player("beta", { currentBuildId: "beta-2", builds: ["1.1", "1.0"] })];
    expect(next([failed], track({ players })).retests).toMatchObject([
      { cellId: "c", outcome: "fail", others: ["beta"], moved: [{ name: "beta", build: "1.1" }] },
    ]);
    expect(next([cell()], track({ players })).retests).toEqual([]);
  });

  it("is what the sides contradict each other about, whatever they run", () => {
    const { disputed, retests } = next([cell({ state: "disputed", outcome: null })]);
    expect([disputed.length, retests.length]).toEqual([1, 0]);
  });
});

describe("how far an entry has come", () => {
  it("counts its own cells in each role, without self-pairs", () => {
    const self = cell({
      id: "self",
      parties: [
        { role: "uac", entry: "id-alpha" },
        { role: "uas", entry: "id-alpha" },
      ],
    });
    const others = cell({
      parties: [
        { role: "uac", entry: "id-gamma" },
        { role: "uas", entry: "id-beta" },
      ],
    });
    expect(next([self, others, cell({ state: "confirmed" })]).progress).toMatchObject([
      { possible: 2, executed: 1, confirmed: 1, passed: 1 },
    ]);
  });

  it("has each number inside the one before", () => {
    const states = fc.constantFrom(
      "untested",
      "planned",
      "reported",
      "confirmed",
      "disputed",
      "settled",
    );
    const outcomes = fc.constantFrom("pass", "fail", "error", null);
    const cells = fc.array(
      fc
        .record({ state: states, outcome: outcomes, isMirrored: fc.boolean() })
        .map(({ state, outcome, isMirrored }) =>
          cell({
            state: state as OwnCell["state"],
            outcome: outcome as OwnCell["outcome"],
            parties: isMirrored
              ? [
                  { role: "uac", entry: "id-beta" },
                  { role: "uas", entry: "id-alpha" },
                ]
              : cell().parties,
          }),
        ),
      { maxLength: 6 },
    );
    fc.assert(
      fc.property(cells, (some) => {
        const [progress] = next(some).progress;
        const { possible = 0, executed = 0, confirmed = 0, passed = 0 } = progress ?? {};
        expect([possible, executed, confirmed, passed].toSorted((a, b) => b - a)).toEqual([
          possible,
          executed,
          confirmed,
          passed,
        ]);
      }),
    );
  });
});

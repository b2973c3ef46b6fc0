import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { buildGrids } from "@/lib/matrices/rules";
import type { Grid, Source, SourceCell, SourceEntry, SourceTest } from "@/lib/matrices/schema";
import {
  activityOf,
  buildReplay,
  changedAt,
  daysOf,
  foldReplay,
  stepsUntil,
  type Version,
} from "@/lib/replays/rules";
import { OUTCOMES } from "@/lib/results/schema";

const seat = (key: string) => ({ key, min: 1, max: 1 });
const test = (key: string, number: number, roles: string[]): SourceTest => ({
  ...{ id: key, number, key, version: 1, title: key, level: "must", measured: false },
  ...{ variants: { over: ["udp", "tcp"] }, directional: true, roles: roles.map(seat) },
});
const TESTS = [test("C-1", 1, ["uac", "uas"]), test("C-2", 2, ["uac", "uas"])];
const SOLO = test("S-1", 3, ["uas"]);

const entryArb = fc.record({
  plays: fc.subarray(["uac", "uas"]),
  consent: fc.record({ named: fc.boolean(), passing: fc.boolean(), failing: fc.boolean() }),
});
const entriesArb = fc.array(entryArb, { minLength: 2, maxLength: 4 }).map((all) =>
  all.map(
    (entry, at): SourceEntry => ({
      ...{ ...entry, id: `entry-${at}`, number: at + 1, entry: `e-${at}`, name: `E ${at}` },
      ...{ kind: "participant", build: null, currentBuildId: "now" },
    }),
  ),
);

const saidArb = fc.option(
  fc.record({
    state: fc.constantFrom("reported" as const, "confirmed" as const, "disputed" as const),
    outcome: fc.constantFrom(...OUTCOMES),
    attempts: fc.integer({ min: 1, max: 3 }),
    knownIssue: fc.boolean(),
    isStale: fc.boolean(),
    minute: fc.integer({ min: 0, max: 59 }),
  }),
  { freq: 5 },
);
const versionArb = fc.record({
  gap: fc.integer({ min: 0, max: 2 }),
  test: fc.constantFrom(...TESTS, SOLO),
  over: fc.constantFrom("udp", "tcp"),
  seats: fc.tuple(fc.nat(), fc.nat()),
  said: saidArb,
});

const historyArb = fc.record({
  entries: entriesArb,
  needsConsent: fc.boolean(),
  told: fc.array(versionArb, { maxLength: 25 }),
  /** The one test of one party has been retired since. */
  isRetired: fc.boolean(),
});
type History = typeof historyArb extends fc.Arbitrary<infer T> ? T : never;

function versionsOf({ entries, told }: History): Version[] {
  let xid = 700;
  return told.map(({ gap, test: of, over, seats, said }) => {
    xid += gap;
    const parties = of.roles.map(({ key }, at) => ({
      role: key,
      entry: entries[(seats[at] ?? 0) % entries.length]?.id ?? "",
    }));
    const id = JSON.stringify([of.id, over, parties]);
    const cell: SourceCell | null = said && {
      ...{ id, testCaseId: of.id, variant: { over }, parties },
      signature: of.roles.map(({ key }) => key).join("+"),
      ...{ state: said.state, outcome: said.outcome, attempts: said.attempts },
      ...{ sides: 1, sidesOf: 2, flaky: false, knownIssue: said.knownIssue, testVersion: 1 },
      tested: { [parties[0]?.entry ?? ""]: said.isStale ? "before" : "now" },
      latestAt: `2026-11-20T10:${String(said.minute).padStart(2, "0")}:00.000Z`,
    };
    return { id, xid: String(xid), at: xid * 60_000, cell };
  });
}

const sourceOf = ({ entries, needsConsent, isRetired }: History, cells: SourceCell[]): Source => ({
  ...{ eventSlug: "event", trackSlug: "calls", entries, needsConsent, cells },
  roles: ["uac", "uas"].map((key, position) => ({ key, position })),
  tests: isRetired ? TESTS : [...TESTS, SOLO],
});

/** What a matrix says, whatever its axes are: they may be more than this moment has. */
const saidIn = (grids: readonly Grid[]) =>
  grids.map(({ rows, columns, tests, cells, counts: { executed, confirmed, passed } }) => ({
    ...{ executed, confirmed, passed },
    cells: cells
      .map(({ row, column, test: at, ...cell }) => ({
        ...cell,
        row: rows[row]?.entry,
        column: column === null ? null : columns[column]?.entry,
        test: tests[at]?.key,
      }))
      .map((cell) => JSON.stringify(Object.entries(cell).sort()))
      .sort(),
  }));

/** The cells as the last of their versions before a position has them. */
function cellsAsOf(versions: readonly Version[], position: bigint): SourceCell[] {
  const latest = new Map<string, SourceCell | null>();
  for (const { id, xid, cell } of versions) if (BigInt(xid) < position) latest.set(id, cell);
  return [...latest.values()].filter((cell) => cell !== null);
}

describe("a replay", () => {
  it("is at every position what the matrix was", () => {
    fc.assert(
      fc.property(historyArb, (history) => {
        const versions = versionsOf(history);
        const replay = buildReplay(sourceOf(history, []), versions);
        for (let at = 699; at <= 752; at += 1) {
          const then = buildGrids(sourceOf(history, cellsAsOf(versions, BigInt(at))));
          const folded = foldReplay(replay, stepsUntil(replay, String(at)));
          expect(saidIn(folded)).toEqual(saidIn(then));
        }
      }),
    );
  });

  it("has a step where its reader sees a change, and no other", () => {
    fc.assert(
      fc.property(historyArb, (history) => {
        const versions = versionsOf(history);
        const replay = buildReplay(sourceOf(history, []), versions);
        const xids = [...new Set(versions.map(({ xid }) => BigInt(xid)))];
        const told = new Set(replay.steps.map(([position]) => position));
        expect(replay.steps.map(([position]) => position)).toEqual([...told].sort());
        for (const xid of xids) {
          const [before, after] = [xid, xid + 1n].map((position) =>
            saidIn(buildGrids(sourceOf(history, cellsAsOf(versions, position)))),
          );
          if (!told.has(String(xid + 1n))) expect(after).toEqual(before);
        }
        expect(replay.steps.length).toBeLessThanOrEqual(xids.length);
      }),
    );
  });

  it("keeps its axes at every moment", () => {
    fc.assert(
      fc.property(historyArb, (history) => {
        const replay = buildReplay(sourceOf(history, []), versionsOf(history));
        const axesOf = (taken: number) =>
          foldReplay(replay, taken).map(({ rows, columns, tests }) => [rows, columns, tests]);
        expect(axesOf(0)).toEqual(axesOf(replay.steps.length));
      }),
    );
  });
});

describe("what is told beside a replay", () => {
  const history: History = {
    needsConsent: false,
    isRetired: false,
    entries: [0, 1].map((at) => ({
      ...{ id: `entry-${at}`, number: at + 1, entry: `e-${at}`, name: `E ${at}` },
      ...{ kind: "participant", build: null, currentBuildId: "now", plays: ["uac", "uas"] },
      consent: { named: true, passing: true, failing: true },
    })),
    told: [1, 0, 2].map((gap, at) => ({
      ...{ gap, test: TESTS[at % 2] ?? SOLO, over: "udp", seats: [0, 1] },
      said: {
        ...{ state: "reported", outcome: "pass", attempts: at + 1 },
        ...{ knownIssue: false, isStale: false, minute: at },
      },
    })),
  };
  const versions = versionsOf(history);
  const replay = buildReplay(sourceOf(history, []), versions);

  it("is how many cells each step changed, and which", () => {
    expect(replay.steps).toEqual([
      ["702", 701 * 60_000],
      ["704", 703 * 60_000],
    ]);
    expect(activityOf(replay)).toEqual([2, 1]);
    expect(changedAt(replay, 2)).toEqual(new Set([versions[2]?.id]));
    expect(changedAt(replay, 0)).toEqual(new Set());
  });

  it("is the position at the end of each day", () => {
    const dayOf = (at: number) => (at < 702 * 60_000 ? "one" : "two");
    expect(daysOf({ replay, dayOf })).toEqual([
      { day: "one", position: "702" },
      { day: "two", position: "704" },
    ]);
  });
});

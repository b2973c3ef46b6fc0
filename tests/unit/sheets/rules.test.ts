import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { STATES } from "@/lib/cells/schema";
import { compactGrid } from "@/lib/exports/rules";
import { buildGrids, gridKey } from "@/lib/matrices/rules";
import type { Source, SourceCell, SourceEntry, SourceTest } from "@/lib/matrices/schema";
import { OUTCOMES } from "@/lib/results/schema";
import { rollUp } from "@/lib/rollups/rules";
import { drawSheets, PACKED_BITS, rollSheets } from "@/lib/sheets/rules";
import { signatureOf } from "@/lib/tracks/rules";
import { applyView } from "@/lib/views/rules";
import type { View } from "@/lib/views/schema";

const ROLES = ["uac", "uas", "proxy"].map((key, position) => ({ key, position }));
const POSITIONS = new Map(ROLES.map(({ key, position }) => [key, position]));
const roles = (...given: [string, number, number][]) =>
  given.map(([key, min, max]) => ({ key, min, max }));

/** One party, two, three, and two whose roles may be empty or repeated. */
const KINDS = [
  roles(["uas", 1, 1]),
  roles(["uac", 1, 1], ["uas", 1, 1]),
  roles(["uac", 1, 1], ["uas", 1, 1], ["proxy", 1, 1]),
  roles(["uac", 1, 1], ["uas", 1, 2], ["proxy", 0, 1]),
];
const TESTS = KINDS.flatMap((own, kind) =>
  [0, 1].map((at): SourceTest => {
    const number = 10 + kind * 2 + at;
    return {
      ...{ id: `test-${number}`, number, key: `C-${number}`, version: 1, title: "", level: "must" },
      ...{ measured: false, variants: { over: ["udp", "tcp"] }, directional: at === 0, roles: own },
    };
  }),
);

const entryArb = fc.record({
  kind: fc.constantFrom("participant", "tool"),
  plays: fc.subarray(["uac", "uas", "proxy"]),
  consent: fc.record({ named: fc.boolean(), passing: fc.boolean(), failing: fc.boolean() }),
});
const entriesArb = fc.array(entryArb, { minLength: 2, maxLength: 5 }).map((all) =>
  all.map(
    (entry, at): SourceEntry => ({
      ...(entry as Pick<SourceEntry, "kind" | "plays" | "consent">),
      ...{ id: `entry-${at}`, number: at + 3, entry: `e-${at}`, name: `E ${at}` },
      ...{ build: null, currentBuildId: "now" },
    }),
  ),
);

const cellArb = (entries: readonly SourceEntry[]) =>
  fc
    .record({
      test: fc.constantFrom(...TESTS),
      variant: fc.constantFrom({ over: "udp" }, { over: "tcp" }),
      players: fc.array(fc.constantFrom(...entries), { minLength: 4, maxLength: 4 }),
      more: fc.tuple(fc.boolean(), fc.boolean()),
      marks: fc.record({ flaky: fc.boolean(), knownIssue: fc.boolean() }),
      builds: fc.constantFrom("now", "before", undefined),
      testVersion: fc.constantFrom(1, 2),
      said: fc.oneof(
        fc.record({ state: fc.constant("planned" as const), outcome: fc.constant(null) }),
        fc.record({
          state: fc.constantFrom("reported" as const, "disputed" as const),
          outcome: fc.constant(null),
        }),
        fc.record({
          state: fc.constantFrom("reported" as const, "confirmed" as const, "settled" as const),
          outcome: fc.constantFrom(...OUTCOMES),
        }),
      ),
    })
    .map(({ test, variant, players, more, said, marks, builds, testVersion }): SourceCell => {
      const played = test.roles
        .flatMap(({ key, min, max }) => [
          ...(min > 0 || more[0] ? [key] : []),
          ...(max > 1 && more[1] ? [key] : []),
        ])
        .map((role, at) => ({ role, entry: players[at]?.id ?? "" }));
      return {
        ...said,
        ...{ testCaseId: test.id, variant, parties: played },
        signature: signatureOf(test.roles, POSITIONS).join("+"),
        id: JSON.stringify([test.id, variant, played]),
        ...{ sides: 0, sidesOf: 0, attempts: 1, testVersion, latestAt: null },
        ...marks,
        tested: Object.fromEntries(
          builds === undefined ? [] : played.slice(0, 1).map(({ entry }) => [entry, builds]),
        ),
      };
    });

const sourceArb = entriesArb.chain((entries) =>
  fc.record({
    eventSlug: fc.constant("event"),
    trackSlug: fc.constant("calls"),
    roles: fc.constant(ROLES),
    tests: fc.subarray(TESTS, { minLength: 1 }),
    entries: fc.constant(entries),
    cells: fc.uniqueArray(cellArb(entries), { maxLength: 60, selector: ({ id }) => id }),
    needsConsent: fc.boolean(),
  }),
);

const some = <T>(values: readonly T[]) =>
  fc.option(fc.subarray([...values], { minLength: 1 }), { nil: undefined });
const SLUGS = [0, 1, 2, 3, 4].map((at) => `e-${at}`);
const viewArb = fc.record({
  rows: some(SLUGS),
  columns: some(SLUGS),
  entry: some(SLUGS),
  test: some(TESTS.map(({ key }) => key)),
  state: some([...STATES, "withheld" as const]),
  outcome: some(OUTCOMES),
});

const isLoose = ({ roles: own }: SourceTest) => own.some(({ min, max }) => min === 0 || max > 1);

/** As `matrices/read/packed` has the database do it. */
function pack(source: Source) {
  const numbers = new Map(source.entries.map(({ id, number }) => [id, number]));
  const loose = new Set(source.tests.filter(isLoose).map(({ id }) => id));
  const isPlain = (cell: SourceCell) =>
    !loose.has(cell.testCaseId) &&
    cell.parties.length === Math.min(2, cell.signature.split("+").length);
  const packed = new Map<string, Buffer>();
  for (const cell of source.cells.filter(isPlain)) {
    const [row = "", column = ""] = cell.signature.split("+");
    const numberOf = (role: string) =>
      numbers.get(cell.parties.find((party) => party.role === role)?.entry ?? "") ?? 0;
    const bytes = Buffer.alloc(8);
    const isStale =
      cell.state !== "planned" &&
      (cell.testVersion !== 1 || Object.values(cell.tested).includes("before"));
    const number = TESTS.find(({ id }) => id === cell.testCaseId)?.number ?? 0;
    bytes.writeUInt16BE(number | (isStale ? PACKED_BITS.stale : 0), 0);
    bytes.writeUInt16BE(numberOf(row), 2);
    bytes.writeUInt16BE(numberOf(column), 4);
    bytes.write(`${cell.state[0]}${cell.outcome?.[0] ?? " "}`, 6, "latin1");
    const marks =
      (cell.flaky ? PACKED_BITS.flaky : 0) | (cell.knownIssue ? PACKED_BITS.knownIssue : 0);
    bytes.writeUInt16BE(bytes.readUInt16BE(6) | marks, 6);
    packed.set(
      cell.signature,
      Buffer.concat([packed.get(cell.signature) ?? bytes.subarray(0, 0), bytes]),
    );
  }
  return { packed, source: { ...source, cells: source.cells.filter((cell) => !isPlain(cell)) } };
}

describe("sheets", () => {
  it("the first letters of states and of outcomes differ", () => {
    for (const words of [STATES, OUTCOMES]) {
      const shown = words.filter((word) => word !== "notApplicable");
      expect(new Set(shown.map((word) => word[0])).size).toBe(shown.length);
    }
  });

  it("say the same of every cell as the cells do one by one, whatever the view and the consents", () => {
    fc.assert(
      fc.property(sourceArb, viewArb, (source, asked) => {
        const view = asked as View;
        const one = buildGrids(source).map((grid) => compactGrid(applyView(grid, view)));
        expect(drawSheets(pack(source), view)).toEqual(one);
      }),
      { numRuns: 500 },
    );
  });

  it("say the same of all cells of a grid as the cells do together", () => {
    fc.assert(
      fc.property(sourceArb, (source) => {
        const together = buildGrids(source).map((grid) => [
          gridKey(grid),
          rollUp(grid.cells.map((cell) => ({ ...cell, others: {} }))),
        ]);
        expect([...rollSheets(pack(source))]).toEqual(together);
      }),
    );
  });
});

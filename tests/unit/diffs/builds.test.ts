import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { buildsOf, fold, hear, NO_VOICES } from "@/lib/cells/rules";
import type { Utterance } from "@/lib/cells/schema";
import { buildIn, buildSide, entryCompared, foldOf } from "@/lib/diffs/rules";
import { diffQuerySchema } from "@/lib/diffs/schema";
import type { SourceCell } from "@/lib/matrices/schema";
import { OUTCOMES } from "@/lib/results/schema";

const SIDES = ["alpha", "beta"];
const ID = "0199a000-0000-7000-8000-000000000001";

const utterances: fc.Arbitrary<Utterance[]> = fc
  .array(
    fc.record({
      speaker: fc.constantFrom(...SIDES, ""),
      origin: fc.constantFrom("person", "agent"),
      outcome: fc.constantFrom(...OUTCOMES),
      startedAt: fc.integer({ min: 0, max: 50 }),
      denial: fc.boolean(),
    }),
    { minLength: 1, maxLength: 12 },
  )
  .map((all) =>
    all.map((one, at) => ({
      ...one,
      builds: "alpha@1 beta@1",
      attempt: 1,
      id: String(at),
      seq: String(at),
      testVersion: 1,
      exchange: null,
      answers: null,
    })),
  );

/** The cell as the projection stores it. */
function cellFrom(said: readonly Utterance[]): SourceCell | null {
  const view = fold(hear(NO_VOICES, said) ?? NO_VOICES, SIDES);
  if (view.state === "untested") return null;
  const { builds, latestAt, ...rest } = view;
  return {
    ...rest,
    id: "cell",
    testCaseId: "test",
    variant: {},
    parties: SIDES.map((entry) => ({ role: entry, entry })),
    signature: "uac+uas",
    state: view.state,
    attempts: said.length,
    knownIssue: false,
    tested: buildsOf(builds),
    latestAt: latestAt === null ? null : new Date(latestAt).toISOString(),
  };
}

describe("a side that is a build", () => {
  it("of the only build there is, says what the cell says, whatever the order", () => {
    fc.assert(
      fc.property(utterances, (said) => {
        const cell = cellFrom(said);
        if (cell === null) return;
        expect(foldOf({ cell, sides: SIDES, ruling: null }, said.toReversed())).toEqual(cell);
      }),
    );
  });

  it("of a build that nobody ran in the cell is not there", () => {
    const cell = cellFrom(
      fc.sample(
        utterances.filter((said) => cellFrom(said) !== null),
        1,
      )[0] ?? [],
    );
    if (cell === null) throw new Error("A cell was asked for.");
    expect(foldOf({ cell, sides: SIDES, ruling: null }, [])).toBeNull();
  });

  it("is written as it is read, and a label is none", () => {
    const side = buildSide("kamailio-strict", ID);
    expect(buildIn(side)).toEqual({ entry: "kamailio-strict", build: ID });
    expect(diffQuerySchema.safeParse({ from: side }).success).toBe(true);
    for (const from of ["build:kamailio@6.0", `build:@${ID}`, `build:Kamailio@${ID}`])
      expect(diffQuerySchema.safeParse({ from }).success).toBe(false);
  });

  it("limits the other side to its entry, two entries to neither", () => {
    expect(entryCompared(buildSide("alpha", ID), "now")).toBe("alpha");
    expect(entryCompared("0", buildSide("alpha", ID))).toBe("alpha");
    expect(entryCompared(buildSide("alpha", ID), buildSide("beta", ID))).toBeNull();
    expect(entryCompared("0", "now")).toBeNull();
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BUILDS_REMEMBERED, fold, hear, NO_VOICES } from "@/lib/cells/rules";
import type { Utterance, Voices } from "@/lib/cells/schema";
import { OUTCOMES } from "@/lib/results/schema";

let count = 0;
const said = (over: Partial<Utterance> = {}): Utterance => {
  count += 1;
  const id = String(count).padStart(6, "0");
  return {
    speaker: "alpha",
    origin: "agent",
    builds: "alpha@1 beta@1",
    outcome: "pass",
    startedAt: 1000 + count,
    attempt: 1,
    id,
    seq: id,
    testVersion: 1,
    exchange: null,
    answers: null,
    denial: false,
    ...over,
  };
};
const SIDES = ["alpha", "beta"];
const view = (utterances: Utterance[], sides = SIDES) => {
  const voices = hear(NO_VOICES, utterances);
  if (!voices) throw new Error("A fresh memory always hears.");
  return fold(voices, sides);
};

describe("the fold", () => {
  it("says nothing where nobody spoke", () => {
    expect(view([])).toMatchObject({ state: "untested", outcome: null, sides: 0, sidesOf: 2 });
  });

  it("reports what one side alone says", () => {
    expect(view([said({ outcome: "fail" })])).toMatchObject({
      state: "reported",
      outcome: "fail",
      sides: 1,
    });
  });

  it("confirms what both sides say, with the graver outcome", () => {
    const both = [said(), said({ speaker: "beta", outcome: "degraded" })];
    expect(view(both)).toMatchObject({ state: "confirmed", outcome: "degraded", sides: 2 });
  });

  it.each([
    ["pass", "fail"],
    ["pass", "unsupported"],
    ["timeout", "unsupported"],
  ] as const)("disputes %s against %s, and shows neither", (one, other) => {
    const both = [said({ outcome: one }), said({ speaker: "beta", outcome: other })];
    expect(view(both)).toMatchObject({ state: "disputed", outcome: null });
  });

  it("confirms a failure that one side calls a timeout", () => {
    const both = [said({ outcome: "timeout" }), said({ speaker: "beta", outcome: "fail" })];
    expect(view(both)).toMatchObject({ state: "confirmed", outcome: "fail" });
  });

  it("lets a neutral harness speak for silent sides", () => {
    expect(view([said({ speaker: "" })])).toMatchObject({ state: "confirmed", sides: 2 });
    expect(view([said({ speaker: "" }), said({ outcome: "fail" })]).state).toBe("disputed");
  });

  it("disputes a side whose person and agent disagree", () => {
    const both = [said({ origin: "person" }), said({ origin: "agent", outcome: "fail" })];
    expect(view(both).state).toBe("disputed");
  });

  it("counts the later word of a side by the moment it speaks of, not by its arrival", () => {
    const early = said({ outcome: "fail", startedAt: 1 });
    const late = said({ outcome: "pass", startedAt: 2 });
    expect(view([late, early]).outcome).toBe("pass");
  });

  it("lets an error, a skip and an inconclusive decide nothing", () => {
    const passed = said({ startedAt: 1 });
    const broken = said({ outcome: "error", startedAt: 2 });
    expect(view([passed, broken])).toMatchObject({ state: "reported", outcome: "pass" });
    expect(view([broken])).toMatchObject({ state: "reported", outcome: "error", sides: 0 });
  });

  it("does not confirm one build by what was said of another", () => {
    const older = said({ speaker: "beta", builds: "alpha@1 beta@1", startedAt: 1 });
    const newer = said({ builds: "alpha@2 beta@1", startedAt: 2 });
    expect(view([older, newer])).toMatchObject({
      state: "reported",
      builds: "alpha@2 beta@1",
      sides: 1,
    });
  });

  it("matches by exchange where both give one, and then only by it", () => {
    const mine = said({ exchange: "call-1", builds: "alpha@1 beta@" });
    const theirs = said({
      speaker: "beta",
      exchange: "call-1",
      builds: "alpha@1 beta@1",
      startedAt: 1,
    });
    const other = said({
      speaker: "beta",
      exchange: "call-0",
      builds: "alpha@1 beta@",
      startedAt: 1,
    });
    expect(view([mine, theirs]).state).toBe("confirmed");
    expect(view([mine, other]).state).toBe("reported");
  });

  it("takes an answer for the same exchange, whatever else differs", () => {
    const mine = said({ seq: "77" });
    const theirs = said({ speaker: "beta", answers: "77", builds: "other", startedAt: 1 });
    expect(view([mine, theirs]).state).toBe("confirmed");
  });

  it("disputes what the other side denies, until there is a newer exchange", () => {
    const mine = said({ seq: "78", startedAt: 1 });
    const denied = said({ speaker: "beta", answers: "78", denial: true, startedAt: 2 });
    const again = said({ startedAt: 3 });
    expect(view([mine, denied]).state).toBe("disputed");
    expect(view([mine, denied, again]).state).toBe("reported");
  });

  it("confirms a solo test by nobody but a neutral harness", () => {
    expect(view([said()], []).state).toBe("reported");
    expect(view([said({ speaker: "" })], []).state).toBe("confirmed");
  });

  it("confirms a participant's word by that of a tool it was tested with", () => {
    expect(view([said(), said({ speaker: "sipp" })], ["alpha"]).state).toBe("confirmed");
    expect(view([said({ speaker: "sipp" })], ["alpha"]).state).toBe("reported");
  });

  it("calls flaky two different outcomes within five attempts on equal builds", () => {
    const passes = [1, 2, 3, 4, 5].map((startedAt) => said({ startedAt: 10 + startedAt }));
    expect(view([said({ outcome: "fail", startedAt: 1 }), ...passes]).flaky).toBe(false);
    expect(view([said({ outcome: "fail", startedAt: 1 }), ...passes.slice(1)]).flaky).toBe(true);
    expect(
      view([said({ outcome: "fail", builds: "alpha@0 beta@1", startedAt: 1 }), passes[0] ?? said()])
        .flaky,
    ).toBe(false);
  });
});

const utterances = fc
  .array(
    fc.record({
      speaker: fc.constantFrom("alpha", "beta", "", "sipp"),
      origin: fc.constantFrom("person" as const, "agent" as const),
      builds: fc.constantFrom(
        ...Array.from({ length: BUILDS_REMEMBERED + 3 }, (_, at) => `alpha@${at} beta@1`),
      ),
      outcome: fc.constantFrom(...OUTCOMES),
      startedAt: fc.integer({ min: 0, max: 60 }),
      attempt: fc.integer({ min: 1, max: 3 }),
      exchange: fc.constantFrom(null, null, "x", "y"),
      denial: fc.boolean(),
    }),
    { maxLength: 80 },
  )
  .map((list) =>
    list.map((one, at): Utterance => {
      const id = String(at).padStart(4, "0");
      const isDenial = one.denial && at > 0 && at % 5 === 0;
      return {
        ...one,
        id,
        seq: id,
        testVersion: 1,
        answers: isDenial ? "0000" : null,
        denial: isDenial,
      };
    }),
  );

/** Hears in portions, as batches arrive; begins anew from everything when the memory cannot tell. */
function hearInPortions(list: readonly Utterance[], portion: number): Voices {
  let memory = NO_VOICES;
  for (let from = 0; from < list.length; from += portion) {
    const next = hear(memory, list.slice(from, from + portion));
    memory = next ?? hear(NO_VOICES, list.slice(0, from + portion)) ?? NO_VOICES;
  }
  return memory;
}
const canonical = ({ voices, pruned }: Voices) => ({
  pruned,
  voices: Object.entries(voices).sort(),
});

describe("whatever arrives", () => {
  it("the order and the portions of arrival never matter", () => {
    fc.assert(
      fc.property(
        utterances,
        fc.integer({ min: 1, max: 9 }),
        fc.infiniteStream(fc.nat()),
        (list, portion, random) => {
          const shuffled = list
            .map((one) => [random.next().value, one] as const)
            .sort(([a], [b]) => a - b)
            .map(([, one]) => one);
          const whole = hear(NO_VOICES, list);
          const parts = hearInPortions(shuffled, portion);
          expect(whole && canonical(parts)).toEqual(whole && canonical(whole));
          expect(fold(parts, SIDES)).toEqual(whole && fold(whole, SIDES));
        },
      ),
      { numRuns: 500 },
    );
  });

  it("what one side alone says is never confirmed, and a dispute shows no outcome", () => {
    fc.assert(
      fc.property(utterances, (list) => {
        const shown = view(list);
        const speakers = new Set(list.map(({ speaker }) => speaker));
        if (speakers.size === 1 && !speakers.has("")) expect(shown.state).not.toBe("confirmed");
        if (shown.state === "disputed") expect(shown.outcome).toBeNull();
        expect(shown.sides).toBeLessThanOrEqual(shown.sidesOf);
      }),
    );
  });
});

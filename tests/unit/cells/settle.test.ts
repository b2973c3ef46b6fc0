import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fold, hear, NO_VOICES, settle, silentIn } from "@/lib/cells/rules";
import type { Utterance, Voices } from "@/lib/cells/schema";
import { OUTCOMES } from "@/lib/results/schema";

const SIDES = ["alpha", "beta"];
const BUILDS = ["alpha@1 beta@1", "alpha@2 beta@1"] as const;

const utterances = fc
  .array(
    fc.record({
      speaker: fc.constantFrom("alpha", "beta", ""),
      origin: fc.constantFrom("person" as const, "agent" as const),
      builds: fc.constantFrom(...BUILDS),
      outcome: fc.constantFrom(...OUTCOMES),
      startedAt: fc.integer({ min: 0, max: 20 }),
    }),
    { maxLength: 12 },
  )
  .map((list) =>
    list.map((one, at): Utterance => {
      const id = String(at).padStart(4, "0");
      const rest = { attempt: 1, testVersion: 1, exchange: null, answers: null, denial: false };
      return { ...one, ...rest, id, seq: id };
    }),
  );

const rulings = fc.option(
  fc.record({ outcome: fc.constantFrom(...OUTCOMES), builds: fc.constantFrom(...BUILDS) }),
);

const heard = (list: readonly Utterance[]): Voices => {
  let memory: Voices = NO_VOICES;
  for (const one of list) memory = hear(memory, [one]) ?? memory;
  return memory;
};

describe("a ruling", () => {
  it("shows exactly where the sides contradict each other on its builds", () => {
    fc.assert(
      fc.property(utterances, rulings, (list, ruling) => {
        const view = fold(heard(list), SIDES);
        const shown = settle(view, ruling);
        const holds = view.state === "disputed" && view.builds === ruling?.builds;
        expect(shown).toEqual(
          holds ? { ...view, state: "settled", outcome: ruling.outcome } : view,
        );
      }),
    );
  });

  it("shows the same whatever the order in which the results arrived", () => {
    fc.assert(
      fc.property(utterances, rulings, fc.infiniteStream(fc.nat()), (list, ruling, random) => {
        const shuffled = list
          .map((one) => [random.next().value, one] as const)
          .sort(([a], [b]) => a - b)
          .map(([, one]) => one);
        expect(settle(fold(heard(shuffled), SIDES), ruling)).toEqual(
          settle(fold(heard(list), SIDES), ruling),
        );
      }),
    );
  });
});

describe("who is silent", () => {
  it("is every side whose word is missing from the count, and nobody beside a neutral harness", () => {
    fc.assert(
      fc.property(utterances, (list) => {
        const voices = heard(list);
        const { sides, latestAt, builds } = fold(voices, SIDES);
        const silent = silentIn(voices, SIDES);
        const isTold = latestAt !== null && builds !== "" && sides > 0;
        expect(silent.length).toBe(isTold ? SIDES.length - sides : 0);
      }),
    );
  });
});

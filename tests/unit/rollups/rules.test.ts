import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { standingOf } from "@/lib/coverage/rules";
import { codeOf, GRAVEST_FIRST } from "@/lib/exports/rules";
import type { MatrixCell } from "@/lib/matrices/schema";
import { OUTCOMES } from "@/lib/results/schema";
import {
  byAttention,
  joinRollups,
  NOTHING_SAID,
  numbersIn,
  rollUp,
  rollupWords,
  type Said,
  worstIn,
} from "@/lib/rollups/rules";

const SAID: Said[] = [
  { state: "withheld" },
  { state: "planned", outcome: null },
  { state: "disputed", outcome: null },
  ...(["reported", "confirmed", "settled"] as const).flatMap((state) =>
    OUTCOMES.map((outcome) => ({ state, outcome })),
  ),
];
const saidArb = fc.constantFrom(...SAID);
const cellArb = fc
  .tuple(saidArb, fc.constantFrom({}, { proxy: "a" }, { proxy: "b" }, { proxy: "a", tap: "c" }))
  .map(([said, others]) => ({ ...said, others }));
const cellsArb = fc.array(cellArb, { maxLength: 30 });
const worse = (a: Said, b: Said) => (byAttention(a, b) <= 0 ? a : b);

describe("several cells told as one", () => {
  it("say the same in whatever order they come", () => {
    fc.assert(
      fc.property(
        cellsArb.chain((cells) =>
          fc.tuple(fc.constant(cells), fc.shuffledSubarray(cells, { minLength: cells.length })),
        ),
        ([cells, shuffled]) => {
          expect(rollUp(shuffled)).toEqual(rollUp(cells));
        },
      ),
    );
  });

  it("say the same in whatever portions they are put together", () => {
    fc.assert(
      fc.property(cellsArb, cellsArb, cellsArb, (a, b, c) => {
        const [one, two, three] = [rollUp(a), rollUp(b), rollUp(c)];
        const whole = rollUp([...a, ...b, ...c]);
        expect(joinRollups(joinRollups(one, two), three)).toEqual(whole);
        expect(joinRollups(one, joinRollups(two, three))).toEqual(whole);
        expect(joinRollups(two, one)).toEqual(joinRollups(one, two));
        expect(joinRollups(one, NOTHING_SAID)).toEqual(one);
      }),
    );
  });

  it("never look better for one more of them, nor than any of them", () => {
    fc.assert(
      fc.property(cellsArb, cellArb, (cells, more) => {
        const [before, after] = [worstIn(rollUp(cells)), worstIn(rollUp([...cells, more]))];
        if (!after) throw new Error("There is a cell.");
        expect(byAttention(after, before ?? more)).toBeLessThanOrEqual(0);
        for (const cell of cells) expect(byAttention(after, cell)).toBeLessThanOrEqual(0);
        expect(byAttention(after, cells.reduce<Said>(worse, more))).toBe(0);
      }),
    );
  });

  it("are each counted once, and no part is larger than what it is part of", () => {
    fc.assert(
      fc.property(cellsArb, (cells) => {
        const numbers = numbersIn(rollUp(cells));
        const { told, run, passed, alone, works, broken, undecided, disputed } = numbers;
        expect(told).toBe(cells.length);
        expect(works + broken + undecided + disputed).toBe(run);
        expect(
          run + numbers.unsupported + numbers.skipped + numbers.planned + numbers.withheld,
        ).toBe(told);
        expect(passed + alone).toBe(works);
        const asCounted = cells.filter(
          (cell) => cell.state !== "withheld" && standingOf(cell) === 3,
        );
        expect(passed).toBe(asCounted.length);
        expect(Math.min(...Object.values(numbers))).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it("count together what they count apart", () => {
    fc.assert(
      fc.property(cellsArb, cellsArb, (a, b) => {
        const [one, two] = [numbersIn(rollUp(a)), numbersIn(rollUp(b))];
        const both = numbersIn(rollUp([...a, ...b]));
        for (const name of Object.keys(both) as (keyof typeof both)[]) {
          expect(both[name]).toBe(one[name] + two[name]);
        }
      }),
    );
  });

  it("the order of attention is one of all that can be said, and the compact matrix has the same", () => {
    const codes = SAID.toSorted(byAttention).map((said) => codeOf(said as MatrixCell));
    expect([...new Set(codes), "."].join("")).toBe(GRAVEST_FIRST);
  });

  it("tell their denominator in words", () => {
    const pass = { state: "confirmed", outcome: "pass" } as const;
    expect(rollupWords(rollUp([]))).toBe("none run");
    expect(rollupWords(rollUp([pass, { ...pass, state: "reported" }, pass]))).toBe(
      "2 of 3 run passed, 1 more by one side's word",
    );
    const unsupported = { state: "confirmed", outcome: "unsupported" } as const;
    const disputed = { state: "disputed", outcome: null } as const;
    expect(rollupWords(rollUp([pass, disputed, unsupported, { state: "withheld" }]))).toBe(
      "1 of 2 run passed, 1 disputed; not counted: 1 unsupported, 1 withheld",
    );
    expect(rollupWords(rollUp(["a", "b"].map((proxy) => ({ ...pass, others: { proxy } }))))).toBe(
      "2 of 2 run passed, with any of 2 constellations",
    );
  });
});

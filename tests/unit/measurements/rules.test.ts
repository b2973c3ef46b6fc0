import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  buildFigures,
  keyOf,
  type MeasuredPlan,
  type MeasuredResult,
  scaleOf,
  seriesOf,
  statisticsIn,
} from "@/lib/measurements/rules";
import type { Metric } from "@/lib/results/schema";

const consent = { named: true, passing: true, failing: true };
const entryOf = (entry: string, number: number) => ({
  ...{ id: entry, number, entry, name: entry, kind: "participant" as const, build: null },
  ...{ currentBuildId: null, plays: [], consent },
});

const plan: MeasuredPlan = {
  eventSlug: "event",
  trackSlug: "track",
  roles: [
    { key: "generator", position: 0 },
    { key: "target", position: 1 },
  ],
  tests: [
    { id: "1", key: "P-1", measured: true },
    { id: "2", key: "P-2", measured: true },
  ],
  entries: ["alpha", "beta"].map(entryOf),
  planned: [{ name: "pdd", unit: "ms", how: "how", vantage: "generator", reference: null }],
  needsConsent: false,
};

const resultOf = (
  metrics: readonly Metric[],
  over: Partial<MeasuredResult> = {},
): MeasuredResult => ({
  cellId: "cell",
  testCaseId: "1",
  variant: {},
  cellOutcome: "pass",
  parties: [
    { role: "target", entry: "beta", build: "2" },
    { role: "generator", entry: "alpha", build: "1" },
  ],
  attempt: 1,
  outcome: "pass",
  startedAt: "2026-11-20T10:00:00.000Z",
  late: false,
  reporter: null,
  metrics,
  ...over,
});

const pdd = (value: number, conditions: Record<string, string> = {}): Metric => ({
  ...{ name: "pdd", value, unit: "ms", conditions, vantage: "generator" },
});

const readingsOf = (results: readonly MeasuredResult[]) =>
  buildFigures(plan, results).figures.flatMap(({ readings }) => readings);

describe("figures", () => {
  it("tell the statistics of one reading together, in their order", () => {
    const [reading] = readingsOf([
      resultOf([
        pdd(9, { statistic: "max" }),
        pdd(4, { statistic: "p95" }),
        pdd(2, { statistic: "mean" }),
        pdd(3, { statistic: "trimmed" }),
      ]),
    ]);
    expect(reading?.statistics.map(({ name }) => name)).toEqual(["mean", "p95", "max", "trimmed"]);
    expect(reading?.parties.map(({ role }) => role)).toEqual(["generator", "target"]);
  });

  it("part what a result was run under from what is told of one figure alone", () => {
    const [whole, share] = readingsOf([
      resultOf([
        pdd(2, { rate: "20" }),
        { name: "retransmissions", unit: "%", value: 8, conditions: { rate: "20", of: "400" } },
      ]),
    ]);
    expect([whole?.conditions, whole?.details]).toEqual([{ rate: "20" }, {}]);
    expect([share?.conditions, share?.details]).toEqual([{ rate: "20" }, { of: "400" }]);
  });

  it("take for a condition what one result was measured under in turn", () => {
    const readings = readingsOf([
      resultOf([
        pdd(2, { loss: "0 %" }),
        pdd(9, { loss: "5 %" }),
        { name: "cpu", unit: "%", value: 3, conditions: {} },
      ]),
    ]);
    expect(readings.map(({ conditions }) => conditions)).toEqual([
      { loss: "0 %" },
      { loss: "5 %" },
      {},
    ]);
  });

  it("have the variant among the conditions, in the result's own words where it has some", () => {
    const variant = { loss: "5" };
    const told = readingsOf([resultOf([pdd(1)], { variant })]);
    const worded = readingsOf([resultOf([pdd(1, { loss: "5 % at the generator" })], { variant })]);
    expect([...told, ...worded].map(({ conditions }) => keyOf(conditions))).toEqual([
      "loss=5",
      "loss=5 % at the generator",
    ]);
  });

  it("are in the plan's order and then by name; a unit makes another figure", () => {
    const { figures } = buildFigures(plan, [
      resultOf([
        { name: "zeta", unit: "", value: 1 },
        { name: "alpha", unit: "", value: 1 },
        pdd(1),
        { ...pdd(1), unit: "s" },
      ]),
    ]);
    expect(figures.map(({ name, unit, plan: told }) => [name, unit, told !== null])).toEqual([
      ["pdd", "ms", true],
      ["pdd", "s", false],
      ["alpha", "", false],
      ["zeta", "", false],
    ]);
  });

  it("never depend on the values for their order", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ noNaN: true, noDefaultInfinity: true })), (values) => {
        const results = values.map((value, at) =>
          resultOf([pdd(value)], { attempt: at + 1, testCaseId: at % 2 === 0 ? "1" : "2" }),
        );
        const places = readingsOf(results).map(({ test, attempt }) => `${test} ${attempt}`);
        const flat = results.map((result) => ({ ...result, metrics: [pdd(0)] }));
        expect(places).toEqual(readingsOf(flat).map(({ test, attempt }) => `${test} ${attempt}`));
      }),
    );
  });

  it("of one series are the same measured again, and not under other conditions", () => {
    const [one, again, other] = readingsOf([
      resultOf([pdd(1, { rate: "20" })]),
      resultOf([pdd(1, { rate: "20" })], { attempt: 2 }),
      resultOf([pdd(1, { rate: "100" })]),
    ]).map(seriesOf);
    expect(again).toBe(one);
    expect(other).not.toBe(one);
  });
});

describe("the scale of a figure", () => {
  it("holds every value with its deviation, and zero", () => {
    const number = fc.double({ min: -1e6, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(fc.array(fc.tuple(number, number.map(Math.abs)), { minLength: 1 }), (told) => {
        const readings = readingsOf(
          told.map(([value, deviation], at) =>
            resultOf([{ ...pdd(value), deviation }], { attempt: at + 1 }),
          ),
        );
        const { from, to } = scaleOf(readings);
        expect(to).toBeGreaterThan(from);
        expect(from).toBeLessThanOrEqual(0);
        for (const [value, deviation] of told) {
          expect(value).toBeGreaterThanOrEqual(from);
          expect(value + deviation).toBeLessThanOrEqual(to);
        }
      }),
    );
  });

  it("has columns for the statistics that some reading has", () => {
    const readings = readingsOf([
      resultOf([pdd(1)]),
      resultOf([pdd(1, { statistic: "p95" })], { attempt: 2 }),
    ]);
    expect(statisticsIn(readings)).toEqual(["value", "p95"]);
  });
});

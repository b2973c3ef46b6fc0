import { groupBy } from "@/lib/core/group";
import { isConsented } from "@/lib/matrices/rules";
import type { SourceEntry } from "@/lib/matrices/schema";
import type { Metric, Outcome } from "@/lib/results/schema";
import type { Figure, MeasuredParty, Measurements, Reading, Statistic } from "./schema";

/** The condition by which agents tell what a number is of many: `mean`, `p95`, `max`. */
const STATISTIC = "statistic";
const PLAIN = "value";
/** The one that stands for the others, first; then as they grow. */
const IN_ORDER = [
  PLAIN,
  "mean",
  "min",
  "p5",
  "p10",
  "p25",
  "p50",
  "p75",
  "p90",
  "p95",
  "p99",
  "max",
];

type Words = Readonly<Record<string, string>>;

export type MeasuredResult = {
  cellId: string;
  testCaseId: string;
  variant: Words;
  /** What the cell says: consent is given by that. */
  cellOutcome: Outcome | null;
  parties: readonly { role: string; entry: string; build: string | null }[];
  attempt: number;
  outcome: Outcome;
  startedAt: string;
  late: boolean;
  /** Id of the entry that says so; null for a neutral harness. */
  reporter: string | null;
  metrics: readonly Metric[];
};

export type MeasuredPlan = {
  eventSlug: string;
  trackSlug: string;
  roles: readonly { key: string; position: number }[];
  /** In the plan's order. */
  tests: readonly { id: string; key: string; measured: boolean }[];
  entries: readonly SourceEntry[];
  /** What the plan says is measured, in its order. */
  planned: readonly ({ name: string; unit: string } & NonNullable<Figure["plan"]>)[];
  /** Published, and the reader is none of the event's own. */
  needsConsent: boolean;
};

/** One figure for each metric and unit, in the plan's order and then by name. */
export function buildFigures(
  plan: MeasuredPlan,
  results: readonly MeasuredResult[],
): { figures: Figure[]; withheld: number } {
  const entries = new Map(plan.entries.map((entry) => [entry.id, entry]));
  const tests = new Set(plan.tests.map(({ id }) => id));
  // What is in no matrix is in no figure: a retired test, an entry that is not in any more.
  const shown = results.filter(
    ({ testCaseId, parties }) =>
      tests.has(testCaseId) && parties.every(({ entry }) => entries.has(entry)),
  );
  const agreed = shown.filter(
    ({ parties, cellOutcome: outcome }) =>
      !plan.needsConsent || isConsented({ parties, outcome }, entries),
  );
  const named = agreed.flatMap((result) => readingsOf(plan, result));
  const groups = [...groupBy(named, ({ name, unit }) => `${name}\n${unit}`).values()];
  const figures = groups.flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    const readings = group.map(({ reading }) => reading);
    return [{ ...plannedOf(plan, first), readings: inOrder(plan, readings) }];
  });
  const placeOf = ({ name }: Figure) => {
    const at = plan.planned.findIndex((one) => one.name === name);
    return at < 0 ? plan.planned.length : at;
  };
  return {
    figures: figures.sort(
      (a, b) => placeOf(a) - placeOf(b) || compare(a.name, b.name) || compare(a.unit, b.unit),
    ),
    withheld: shown.length - agreed.length,
  };
}

function plannedOf({ planned }: MeasuredPlan, { name, unit }: Named): Omit<Figure, "readings"> {
  const told = planned.find((one) => one.name === name && one.unit === unit);
  return { name, unit, plan: told ? pick(told) : null };
}

const pick = ({ how, vantage, reference }: NonNullable<Figure["plan"]>) => ({
  how,
  vantage,
  reference,
});

/** As people order them: 20 CPS before 100 CPS. */
const { compare } = new Intl.Collator("en", { numeric: true });

type Named = { name: string; unit: string; reading: Reading };

/** A result's metrics, those that are of the same figures told together. */
function readingsOf(plan: MeasuredPlan, result: MeasuredResult): Named[] {
  const shared = conditionKeys(result.metrics);
  const groups = groupBy(result.metrics, (metric) => {
    const { name, unit, vantage } = metric;
    return JSON.stringify([name, unit, vantage, sortedWords(withoutStatistic(metric))]);
  });
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    return first ? { name: first.name, unit: first.unit, reading: drawn(first, group) } : [];
  });

  function drawn(first: Metric, group: readonly Metric[]): Reading {
    const told = Object.entries(withoutStatistic(first));
    const test = plan.tests.find(({ id }) => id === result.testCaseId);
    const own = Object.fromEntries(told.filter(([key]) => shared.has(key)));
    return {
      test: test?.key ?? "",
      variant: { ...result.variant },
      parties: partiesOf(plan, result),
      conditions: sortedWords({ ...result.variant, ...own }),
      details: sortedWords(Object.fromEntries(told.filter(([key]) => !shared.has(key)))),
      vantage: first.vantage ?? null,
      statistics: group.map(statisticOf).sort(byPlace),
      attempt: result.attempt,
      startedAt: result.startedAt,
      outcome: result.outcome,
      measured: test?.measured ?? false,
      reporter: plan.entries.find(({ id }) => id === result.reporter)?.entry ?? null,
      late: result.late,
      url: `/events/${plan.eventSlug}/tracks/${plan.trackSlug}/cells/${result.cellId}`,
    };
  }
}

const withoutStatistic = ({ conditions = {} }: Metric): Words => {
  const { [STATISTIC]: _, ...rest } = conditions;
  return rest;
};

const sortedWords = (words: Words): Record<string, string> =>
  Object.fromEntries(Object.entries(words).sort(([a], [b]) => compare(a, b)));

const statisticOf = ({ conditions, value, repeats, deviation }: Metric): Statistic => ({
  name: conditions?.[STATISTIC] ?? PLAIN,
  value,
  repeats: repeats ?? null,
  deviation: deviation ?? null,
});

const placeOfStatistic = (name: string) => {
  const at = IN_ORDER.indexOf(name);
  return at < 0 ? IN_ORDER.length : at;
};
const byPlace = (a: { name: string }, b: { name: string }) =>
  placeOfStatistic(a.name) - placeOfStatistic(b.name) || compare(a.name, b.name);

/**
 * Which of a result's conditions are what it was run under: those that all its figures have, and those
 * in which figures of one name differ. The others are told of one figure only.
 */
function conditionKeys(metrics: readonly Metric[]): Set<string> {
  const told = metrics.map((metric) => ({ ...metric, words: withoutStatistic(metric) }));
  const keys = new Set(told.flatMap(({ words }) => Object.keys(words)));
  const sameNamed = [
    ...groupBy(told, ({ name, unit, vantage }) => `${name}\n${unit}\n${vantage}`).values(),
  ];
  const isShared = (key: string) =>
    told.every(({ words }) => key in words) ||
    sameNamed.some((group) => new Set(group.map(({ words }) => words[key])).size > 1);
  return new Set([...keys].filter(isShared));
}

function partiesOf({ roles, entries }: MeasuredPlan, { parties }: MeasuredResult): MeasuredParty[] {
  const positions = new Map(roles.map(({ key, position }) => [key, position]));
  return parties
    .flatMap(({ role, entry: id, build }) => {
      const entry = entries.find((one) => one.id === id);
      return entry ? { role, entry: entry.entry, name: entry.name, kind: entry.kind, build } : [];
    })
    .sort((a, b) => (positions.get(a.role) ?? 0) - (positions.get(b.role) ?? 0));
}

/** By test, parties' names, conditions and time: never by a figure, which would rank them. */
function inOrder({ tests }: MeasuredPlan, readings: readonly Reading[]): Reading[] {
  const places = new Map(tests.map(({ key }, at) => [key, at]));
  return readings.toSorted(
    (a, b) =>
      (places.get(a.test) ?? 0) - (places.get(b.test) ?? 0) ||
      compare(nameOf(a), nameOf(b)) ||
      compare(keyOf(a.conditions), keyOf(b.conditions)) ||
      compare(a.vantage ?? "", b.vantage ?? "") ||
      compare(a.startedAt, b.startedAt) ||
      a.attempt - b.attempt,
  );
}

const nameOf = ({ parties }: Reading) => parties.map(({ name }) => name).join(", ");

/** Conditions as one word to compare and to put into an address: `loss=5 %; rate=20 CPS`. */
export const keyOf = (conditions: Words): string =>
  Object.entries(conditions)
    .map(([name, value]) => `${name}=${value}`)
    .join("; ");

/** What a reading's others are of, over the attempts: the same parties, test, conditions and place. */
export const seriesOf = ({ parties, test, conditions, vantage, reporter }: Reading): string =>
  JSON.stringify([
    parties.map(({ role, entry }) => [role, entry]),
    test,
    conditions,
    vantage,
    reporter,
  ]);

/** The names of the statistics that some of the readings have, in their order. */
export const statisticsIn = (readings: readonly Reading[]): string[] =>
  [...new Set(readings.flatMap(({ statistics }) => statistics.map(({ name }) => name)))]
    .map((name) => ({ name }))
    .sort(byPlace)
    .map(({ name }) => name);

/** Where a reading reaches: its figures and what they deviate by. */
const reachOf = ({ statistics }: Reading): number[] =>
  statistics.flatMap(({ value, deviation }) => [value, value + (deviation ?? 0)]);

export type Scale = { from: number; to: number };

/** One scale for all readings of a figure, from zero unless something lies below it. */
export function scaleOf(readings: readonly Reading[]): Scale {
  const all = readings.flatMap(reachOf);
  const from = Math.min(0, ...all);
  const to = Math.max(0, ...all);
  return to > from ? { from, to } : { from, to: from + 1 };
}

export const FIGURE_COLUMNS = [
  "track",
  "metric",
  "unit",
  "statistic",
  "value",
  "deviation",
  "repeats",
  "test",
  "variant",
  "parties",
  "builds",
  "conditions",
  "details",
  "vantage",
  "attempt",
  "started_at",
  "outcome",
  "reporter",
  "url",
] as const;
type FigureRow = Record<(typeof FIGURE_COLUMNS)[number], string | number>;

/** Long form: one row per number. `origin` makes the links whole. */
export const figureRows = ({ track, figures }: Measurements, origin: string): FigureRow[] =>
  figures.flatMap(({ name, unit, readings }) =>
    readings.flatMap((reading) =>
      reading.statistics.map((statistic) => ({
        track,
        metric: name,
        unit,
        statistic: statistic.name,
        value: statistic.value,
        deviation: statistic.deviation ?? "",
        repeats: statistic.repeats ?? "",
        ...rowOf(reading),
        url: `${origin}${reading.url}`,
      })),
    ),
  );

const rowOf = (reading: Reading) => ({
  test: reading.test,
  variant: keyOf(reading.variant),
  parties: reading.parties.map(({ role, entry }) => `${role}:${entry}`).join(" "),
  builds: reading.parties.map(({ role, build }) => `${role}:${build ?? ""}`).join(" "),
  conditions: keyOf(reading.conditions),
  details: keyOf(reading.details),
  vantage: reading.vantage ?? "",
  attempt: reading.attempt,
  started_at: reading.startedAt,
  outcome: reading.outcome,
  reporter: reading.reporter ?? "",
});

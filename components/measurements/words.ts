import type { Reading, Statistic } from "@/lib/measurements/schema";
import type { Outcome } from "@/lib/results/schema";

const number = new Intl.NumberFormat("en-GB", { maximumSignificantDigits: 6 });

export const numberWords = (value: number) => number.format(value);

export const statisticWords = ({ value, deviation }: Statistic) =>
  deviation === null ? numberWords(value) : `${numberWords(value)} ± ${numberWords(deviation)}`;

/** What a statistic is called over its column: percentiles are the source's. */
export const statisticLabel = (name: string) => (name === "value" ? "Value" : name);

/** How often it was taken; where the statistics of one reading differ in that, each is told. */
export function repeatsWords({ statistics }: Reading): string {
  const told = statistics.filter(({ repeats }) => repeats !== null);
  const counts = [...new Set(told.map(({ repeats }) => repeats ?? 0))];
  if (counts.length === 0) return "not told";
  if (counts.length === 1) return numberWords(counts[0] ?? 0);
  return counts
    .map((count) => {
      const names = told.filter(({ repeats }) => repeats === count).map(({ name }) => name);
      return `${numberWords(count)} (${names.join(", ")})`;
    })
    .join(", ");
}

export const conditionWords = (conditions: Readonly<Record<string, string>>): string =>
  Object.entries(conditions)
    .map(([name, value]) => `${name} ${value}`)
    .join(", ") || "not told";

export const partyWords = (parties: Reading["parties"]): string =>
  parties.map(({ role, name }) => `${role} ${name}`).join(", ");

/** The outcome of a measurement case says whether the figures may be used, and nothing of the figures. */
export const VALIDITY = {
  pass: "valid measurement",
  degraded: "valid, under less than the common conditions",
  fail: "not a valid measurement",
  timeout: "not a valid measurement: a limit expired",
  error: "not a valid measurement: the set-up broke",
  unsupported: "not supported",
  inconclusive: "inconclusive",
  skipped: "not run",
} as const satisfies Record<Outcome, string>;

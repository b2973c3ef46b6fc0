import type { Figure, Numbers } from "@/lib/summaries/schema";

// Numbers as people read them: with the denominator in words, and the way to what was counted.

export const NO_NUMBERS: Numbers = {
  possible: 0,
  applicable: 0,
  executed: 0,
  confirmed: 0,
  passed: 0,
  disputed: 0,
  settled: 0,
  withheld: 0,
};

export const sumOf = (all: readonly Numbers[]): Numbers =>
  all.reduce(
    (sum, one) => ({
      possible: sum.possible + one.possible,
      applicable: sum.applicable + one.applicable,
      executed: sum.executed + one.executed,
      confirmed: sum.confirmed + one.confirmed,
      passed: sum.passed + one.passed,
      disputed: sum.disputed + one.disputed,
      settled: sum.settled + one.settled,
      withheld: sum.withheld + one.withheld,
    }),
    NO_NUMBERS,
  );

/** Whole percent; 0 and 100 are said only of none and of all. */
export function percent(part: number, whole: number): number {
  if (whole === 0 || part === 0) return 0;
  if (part === whole) return 100;
  return Math.min(99, Math.max(1, Math.round((100 * part) / whole)));
}

const many = (count: number, one: string, more: string) => `${count} ${count === 1 ? one : more}`;

/** How much was tried, of what could be. */
export function coverageWords({ possible, applicable, executed }: Numbers): string {
  if (applicable === 0) return "No combination of entries and tests applies.";
  const rest = possible - applicable;
  const others =
    rest > 0 ? `; ${many(rest, "possible one does", "possible ones do")} not apply` : "";
  return `${executed} of ${many(applicable, "applicable combination", "applicable combinations")} tried (${percent(executed, applicable)} %)${others}.`;
}

/** How much of what is sure worked; never told without the coverage. */
export function passRateWords({ confirmed, passed, withheld }: Numbers): string {
  const rate =
    confirmed === 0
      ? "Nothing is confirmed, so there is no pass rate."
      : `${passed} of ${many(confirmed, "confirmed outcome", "confirmed outcomes")} passed (${percent(passed, confirmed)} %).`;
  if (withheld === 0) return rate;
  const cells =
    withheld === 1
      ? "1 more cell is withheld by its"
      : `${withheld} more cells are withheld by their`;
  return `${rate} ${cells} entries and in none of these numbers.`;
}

/** Where the cells of a figure are looked at: a matrix filtered by its address, and the same as data. */
type Where = { matrix: string; data: string } | null;

type Row = {
  key: keyof Numbers;
  label: string;
  words: (numbers: Numbers) => string;
  /** What a page can be filtered by, and what the data can. */
  page: string;
  data: string;
};

const DECISIVE = "outcome=pass,degraded,fail,timeout,unsupported";
const ROWS: readonly Row[] = [
  {
    key: "possible",
    label: "Possible",
    words: () => "declared tests, in each declared variant, between distinct entries",
    page: "",
    data: "",
  },
  {
    key: "applicable",
    label: "Applicable",
    words: ({ possible }) => `of ${possible} possible, with entries that play the roles`,
    page: "",
    data: "",
  },
  {
    key: "executed",
    label: "Tried",
    words: ({ applicable }) => `of ${applicable} applicable, with an outcome that decides`,
    page: "",
    data: "?state=reported,confirmed,disputed,settled",
  },
  {
    key: "confirmed",
    label: "Confirmed",
    words: ({ executed }) => `of ${executed} tried, by every side or by a ruling`,
    page: "?state=confirmed",
    data: `?state=confirmed,settled&${DECISIVE}`,
  },
  {
    key: "passed",
    label: "Passed",
    words: ({ confirmed }) => `of ${confirmed} confirmed, deviations worth telling included`,
    page: "?state=confirmed&outcome=pass",
    data: "?state=confirmed,settled&outcome=pass,degraded",
  },
  {
    key: "disputed",
    label: "Disputed",
    words: ({ executed }) => `of ${executed} tried, where the sides contradict each other`,
    page: "?state=disputed",
    data: "?state=disputed",
  },
  {
    key: "settled",
    label: "Settled",
    words: ({ confirmed }) => `of ${confirmed} confirmed, by a lead's signed ruling`,
    page: "?state=settled",
    data: "?state=settled",
  },
  {
    key: "withheld",
    label: "Withheld",
    words: () => "cells that their entries have not agreed to show; in none of the numbers above",
    page: "?state=withheld",
    data: "",
  },
];

export const figuresOfNumbers = (numbers: Numbers, where: Where): Figure[] =>
  ROWS.map(({ key, label, words, page, data }) => ({
    key,
    label,
    value: numbers[key],
    words: words(numbers),
    page: where && `${where.matrix}${page}`,
    data: where && `${where.data}${data}`,
  }));

/** `issues`: the state of each; `list`: the address of the issues they are counted from. */
export function figuresOfIssues(issues: readonly { state: string }[], list: string): Figure[] {
  const valid = issues.filter(({ state }) => state !== "invalid").length;
  const count = (...states: string[]) =>
    issues.filter(({ state }) => states.includes(state)).length;
  const figure = (key: string, label: string, rest: Pick<Figure, "value" | "words" | "page">) => ({
    key,
    label,
    data: null,
    ...rest,
  });
  const fixedOf = (when: string) => `of ${many(valid, "issue", "issues")}, ${when}`;
  return [
    figure("issues", "Issues found", {
      value: valid,
      words: "raised and not found invalid",
      page: `${list}&state=open,known,fixedLive,fixedAfter,wontFix`,
    }),
    figure("fixedLive", "Fixed live", {
      value: count("fixedLive"),
      words: fixedOf("mended while testing went on"),
      page: `${list}&state=fixedLive`,
    }),
    figure("fixedAfter", "Fixed after", {
      value: count("fixedAfter"),
      words: fixedOf("mended since then"),
      page: `${list}&state=fixedAfter`,
    }),
    figure("open", "Still open", {
      value: count("open", "known"),
      words: fixedOf("open or known and not mended"),
      page: `${list}&state=open,known`,
    }),
  ];
}

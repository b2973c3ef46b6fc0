import { graver, groupOf } from "@/lib/cells/rules";
import type { ShownCell } from "@/lib/matrices/schema";
import type { Outcome } from "@/lib/results/schema";

/** What a cell says, as far as several are told as one. */
export type Said = Pick<ShownCell, "state" | "outcome"> | { state: "withheld" };
type Rolled = Said & { others?: Record<string, string> };

/** How many cells say one thing. */
type Kind = { said: Said; count: number };

/**
 * Several cells as one: the tests of a pair, the variants of a test, a test with any third party. Two
 * of them are put together by `joinRollups`, in whatever order and portions.
 */
export type Rollup = {
  /** Each thing that is said, once; what wants attention first comes first. */
  kinds: readonly Kind[];
  /** The constellations of further roles, each once; none where nobody sits beside the two. */
  constellations: readonly string[];
};

export const NOTHING_SAID: Rollup = { kinds: [], constellations: [] };

export function rollUp(cells: Iterable<Rolled>): Rollup {
  const kinds = new Map<string, Kind>();
  const constellations = new Set<string>();
  for (const cell of cells) {
    count(kinds, { said: saidBy(cell), count: 1 });
    const key = constellationOf(cell);
    if (key !== "") constellations.add(key);
  }
  return sorted(kinds, constellations);
}

export function joinRollups(a: Rollup, b: Rollup): Rollup {
  const kinds = new Map<string, Kind>();
  for (const kind of [...a.kinds, ...b.kinds]) count(kinds, kind);
  return sorted(kinds, new Set([...a.constellations, ...b.constellations]));
}

const outcomeOf = (said: Said): Outcome | null => (said.state === "withheld" ? null : said.outcome);

const saidBy = (cell: Said): Said =>
  cell.state === "withheld" ? { state: cell.state } : { state: cell.state, outcome: cell.outcome };

function count(kinds: Map<string, Kind>, { said, count: more }: Kind) {
  const key = `${said.state} ${outcomeOf(said)}`;
  kinds.set(key, { said, count: (kinds.get(key)?.count ?? 0) + more });
}

const constellationOf = ({ others = {} }: Rolled) =>
  Object.entries(others)
    .map(([role, entry]) => `${role}:${entry}`)
    .sort()
    .join(" ");

const sorted = (kinds: ReadonlyMap<string, Kind>, constellations: Iterable<string>): Rollup => ({
  kinds: [...kinds.values()].sort((a, b) => byAttention(a.said, b.said)),
  constellations: [...constellations].sort(),
});

/** What wants attention first, so that a roll-up never looks better than its worst; null of no cells. */
export const worstIn = ({ kinds }: Rollup): Said | null => kinds[0]?.said ?? null;

const RANK = {
  disputed: 0,
  reported: 1,
  settled: 2,
  confirmed: 3,
  withheld: 4,
  planned: 5,
} as const satisfies Record<Said["state"], number>;

/** Disputes; then told outcomes from the gravest on, the less certain of two equal ones first; then the rest. */
export const byAttention = (a: Said, b: Said): number =>
  urgencyOf(a) - urgencyOf(b) || byGravity(a, b) || RANK[a.state] - RANK[b.state];

function urgencyOf(said: Said): number {
  if (said.state === "disputed") return 0;
  return outcomeOf(said) === null ? 2 : 1;
}

function byGravity(a: Said, b: Said): number {
  const [one, other] = [outcomeOf(a), outcomeOf(b)];
  if (one === null || other === null || one === other) return 0;
  return graver(one, other) === one ? -1 : 1;
}

/** What a cell is counted among: each is in exactly one. */
const PLACES = [
  "works",
  "broken",
  "undecided",
  "disputed",
  "unsupported",
  "skipped",
  "planned",
  "withheld",
] as const;
type Counted = Record<(typeof PLACES)[number], number>;

function placeOf(said: Said): keyof Counted {
  if (said.state === "withheld" || said.state === "planned" || said.state === "disputed") {
    return said.state;
  }
  if (said.outcome === "unsupported" || said.outcome === "skipped") return said.outcome;
  const group = said.outcome && groupOf(said.outcome);
  return group === "works" || group === "broken" ? group : "undecided";
}

export type RollupNumbers = Counted & {
  /** All of them. */
  told: number;
  /** Of these, those that were run: the denominator. Not what is unsupported, skipped, planned or withheld. */
  run: number;
  /** Of these, those that work as all sides say, or a ruling does. */
  passed: number;
  /** Those that work by one side's word alone. */
  alone: number;
};

export function numbersIn({ kinds }: Rollup): RollupNumbers {
  const counted = Object.fromEntries(PLACES.map((place) => [place, 0])) as Counted;
  let alone = 0;
  for (const { said, count: many } of kinds) {
    const place = placeOf(said);
    counted[place] += many;
    if (place === "works" && said.state === "reported") alone += many;
  }
  const run = counted.works + counted.broken + counted.undecided + counted.disputed;
  const told = PLACES.reduce((sum, place) => sum + counted[place], 0);
  return { ...counted, told, run, passed: counted.works - alone, alone };
}

/** `10 of 14 run passed, 2 more by one side's word, 1 disputed; not counted: 3 unsupported`. */
export function rollupWords(rollup: Rollup): string {
  const { run, passed, alone, disputed, ...numbers } = numbersIn(rollup);
  const outside = (["unsupported", "skipped", "planned", "withheld"] as const).flatMap((place) =>
    numbers[place] === 0 ? [] : [`${numbers[place]} ${place}`],
  );
  const inside = [
    run === 0 ? "none run" : `${passed} of ${run} run passed`,
    ...(alone === 0 ? [] : [`${alone} more by one side's word`]),
    ...(disputed === 0 ? [] : [`${disputed} disputed`]),
    ...anyWords(rollup),
  ].join(", ");
  return outside.length === 0 ? inside : `${inside}; not counted: ${outside.join(", ")}`;
}

/** With third parties the cells of a place are those with any of them. */
const anyWords = ({ constellations: { length } }: Rollup): string[] =>
  length === 0
    ? []
    : [`with any of ${length} ${length === 1 ? "constellation" : "constellations"}`];

import { groupOf } from "@/lib/cells/rules";
import type { ShownCell } from "@/lib/matrices/schema";

// possible >= applicable >= executed >= confirmed >= passed: each inside the one before
// (DESIGN.md section 4). Self-pairs are outside of all of them.

type Countable = { variants: Record<string, readonly string[]>; directional: boolean };

/**
 * Every declared variant of every test, for every set of distinct entries of the track; and of those,
 * the ones whose entries play the roles.
 */
export function possibilities(
  tests: readonly Countable[],
  lists: { all: readonly (readonly string[])[]; players: readonly (readonly string[])[] },
): { possible: number; applicable: number } {
  const sets = { all: constellations(lists.all), players: constellations(lists.players) };
  let possible = 0;
  let applicable = 0;
  for (const test of tests) {
    const variants = Object.values(test.variants).reduce(
      (product, values) => product * values.length,
      1,
    );
    const symmetry = test.directional ? 1 : factorial(lists.all.length);
    possible += (variants * sets.all) / symmetry;
    applicable += (variants * sets.players) / symmetry;
  }
  return { possible, applicable };
}

const factorial = (n: number): number => (n <= 1 ? 1 : n * factorial(n - 1));

/** How many ways there are to take one from each list without taking anybody twice. */
export function constellations(lists: readonly (readonly string[])[]): number {
  const [first = [], second, ...rest] = lists;
  if (second === undefined) return first.length;
  if (rest.length === 0) {
    const both = new Set(second);
    return first.length * second.length - first.filter((id) => both.has(id)).length;
  }
  const without = (id: string) =>
    [second, ...rest].map((list) => list.filter((other) => other !== id));
  return first.reduce((sum, id) => sum + constellations(without(id)), 0);
}

/** How far a cell has come: 0 not decided, 1 executed, 2 confirmed, 3 passed. */
export function standingOf({
  state,
  outcome,
}: Pick<ShownCell, "state" | "outcome">): 0 | 1 | 2 | 3 {
  if (state === "disputed") return 1;
  if (state === "planned" || outcome === null || groupOf(outcome) === null) return 0;
  if (state === "reported") return 1;
  return groupOf(outcome) === "works" ? 3 : 2;
}

type Axes = {
  rows: readonly { entry: string }[];
  columns: readonly { entry: string }[];
  /** Required roles beyond the two axes. */
  others: readonly string[];
};

/** Counts distinct constellations of the required roles: optional third parties make no new ones. */
export function progressOf(cells: readonly ShownCell[], { rows, columns, others }: Axes) {
  const best = new Map<string, number>();
  for (const cell of cells) {
    const column = cell.column === null ? null : columns[cell.column]?.entry;
    const parties = [
      rows[cell.row]?.entry,
      ...(column === null ? [] : [column]),
      ...others.map((role) => cell.others[role]),
    ];
    if (new Set(parties).size < parties.length) continue;
    const key = JSON.stringify([cell.test, Object.entries(cell.variant).sort(), parties]);
    best.set(key, Math.max(best.get(key) ?? 0, standingOf(cell)));
  }
  const atLeast = (least: number) => [...best.values()].filter((one) => one >= least).length;
  return { executed: atLeast(1), confirmed: atLeast(2), passed: atLeast(3) };
}

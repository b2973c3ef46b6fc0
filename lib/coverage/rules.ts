import { groupOf } from "@/lib/cells/rules";
import type { Counts, Grid, GridTest, MatrixCell, ShownCell } from "@/lib/matrices/schema";
import { signatureOf } from "@/lib/tracks/rules";

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
  const best = new Map<string | number, number>();
  const isSelf = (cell: ShownCell) =>
    cell.column !== null && rows[cell.row]?.entry === columns[cell.column]?.entry;
  for (const cell of cells) {
    if (isSelf(cell) || (others.length > 0 && hasTwice(cell, { rows, columns, others }))) continue;
    const key = constellationKey(cell, columns.length, others);
    best.set(key, Math.max(best.get(key) ?? 0, standingOf(cell)));
  }
  const counts = [0, 0, 0, 0];
  for (const standing of best.values()) counts[standing] = (counts[standing] ?? 0) + 1;
  return progressFrom(counts);
}

/** How many have come at least so far, from how many stand exactly there (`standingOf`). */
export function progressFrom([, executed = 0, confirmed = 0, passed = 0]: readonly number[]) {
  return { executed: executed + confirmed + passed, confirmed: confirmed + passed, passed };
}

/** Whether somebody plays two of the required roles. */
function hasTwice(cell: ShownCell, { rows, columns, others }: Axes): boolean {
  const parties = [
    rows[cell.row]?.entry,
    ...(cell.column === null ? [] : [columns[cell.column]?.entry]),
    ...others.map((role) => cell.others[role]),
  ];
  return new Set(parties).size < parties.length;
}

/** A test's variant and who is in its required roles. A number where the place says it all: there may be many. */
function constellationKey(
  { row, column, test, variant, others }: ShownCell,
  width: number,
  roles: readonly string[],
): string | number {
  const names = Object.keys(variant);
  const place = (test * 65_536 + row) * (width + 1) + (column ?? width);
  if (names.length === 0 && roles.length === 0) return place;
  const parties = roles.map((role) => others[role]);
  return JSON.stringify([place, names.sort().map((name) => [name, variant[name]]), parties]);
}

/** What nobody has tried of a required test: how many combinations of how many, and the first of them. */
export type Untried = {
  test: string;
  title: string;
  untried: number;
  of: number;
  examples: { row: string; column: string | null; variant: Record<string, string> }[];
};

const EXAMPLES = 4;

/**
 * The required tests with combinations that nobody has tried, the emptiest first. With third parties a
 * pair counts as tried whoever was the third. `symmetric`: tests whose direction means nothing.
 */
export const untriedOf = (grids: readonly Grid[], symmetric: ReadonlySet<string>): Untried[] =>
  grids
    .flatMap((grid) =>
      grid.tests.flatMap((test, at) =>
        test.level === "must" ? [untriedIn(grid, { test, at }, !symmetric.has(test.key))] : [],
      ),
    )
    .filter(({ untried }) => untried > 0)
    .sort((a, b) => b.untried - a.untried || Number(a.test > b.test) - Number(a.test < b.test));

function untriedIn(
  grid: Grid,
  { test, at }: { test: GridTest; at: number },
  directional: boolean,
): Untried {
  const tried = triedOf(grid, at, directional);
  const variants = combinations(test.variants);
  const told: Untried = { test: test.key, title: test.title, untried: 0, of: 0, examples: [] };
  for (const pair of pairsOf(grid, directional)) {
    for (const variant of variants) {
      told.of += 1;
      if (tried.has(triedKey(pair, variant))) continue;
      told.untried += 1;
      if (told.examples.length < EXAMPLES) told.examples.push({ ...namesOf(grid, pair), variant });
    }
  }
  return told;
}

type Pair = { row: string; column: string | null };

const triedKey = ({ row, column }: Pair, variant: Record<string, string>) =>
  `${row} ${column ?? ""} ${Object.keys(variant)
    .sort()
    .map((name) => `${name}=${variant[name]}`)
    .join(" ")}`;

function triedOf(grid: Grid, at: number, directional: boolean): Set<string> {
  const tried = new Set<string>();
  for (const cell of grid.cells) {
    if (cell.test !== at || !isTried(cell)) continue;
    const row = grid.rows[cell.row]?.entry ?? "";
    const column = cell.column === null ? null : (grid.columns[cell.column]?.entry ?? "");
    tried.add(triedKey({ row, column }, cell.variant));
    if (!directional && column !== null) {
      tried.add(triedKey({ row: column, column: row }, cell.variant));
    }
  }
  return tried;
}

const isTried = (cell: MatrixCell): cell is ShownCell =>
  cell.state !== "withheld" && standingOf(cell) > 0;

/** Distinct entries in the first two roles; where direction means nothing, each two once. */
function pairsOf({ rows, columns, roles }: Grid, directional: boolean): Pair[] {
  if (roles.columns === null) return rows.map(({ entry }) => ({ row: entry, column: null }));
  const pairs = rows.flatMap((row) =>
    columns.map((column) => ({ row: row.entry, column: column.entry })),
  );
  const seen = new Set<string>();
  return pairs.filter(({ row, column }) => {
    if (row === column || (!directional && seen.has(`${column} ${row}`))) return false;
    seen.add(`${row} ${column}`);
    return true;
  });
}

const namesOf = ({ rows, columns }: Grid, { row, column }: Pair): Pair => ({
  row: rows.find(({ entry }) => entry === row)?.name ?? row,
  column: column === null ? null : (columns.find(({ entry }) => entry === column)?.name ?? column),
});

/** Every choice of one value for each name; one empty choice where there are no names. */
const combinations = (variants: Record<string, readonly string[]>): Record<string, string>[] =>
  Object.entries(variants).reduce<Record<string, string>[]>(
    (all, [name, values]) =>
      all.flatMap((one) => values.map((value) => ({ ...one, [name]: value }))),
    [{}],
  );

/** What is played in a track: entries and roles by name. */
export type Played = {
  roles: { key: string; position: number }[];
  tests: (Countable & { roles: { key: string; min: number }[] })[];
  plays: { entry: string; roles: string[] }[];
  seen: Seen[];
};

/** What was seen in the cells of one signature: who stood where, and how many came how far. */
export type Seen = {
  signature: string;
  rows: string[] | null;
  columns: string[] | null;
  /** role -> entry ("" for one that has left), of the required roles where there are more than two. */
  others: Record<string, string>[];
  disputed: number;
  latestAt: Date | null;
  /** How many combinations stand at least so (`standingOf`). */
  atLeast: { 1?: number; 2?: number; 3?: number };
};

/** The numbers of a whole track: the sum of what its grids say, from counts instead of from cells. */
export function countTrack({ roles, tests, plays, seen }: Played): Counts {
  const positions = new Map(roles.map(({ key, position }) => [key, position]));
  const all = [...new Set([...plays.map(({ entry }) => entry), ...seen.flatMap(everybodyIn)])];
  const signatures = new Map<string, Played["tests"]>();
  for (const test of tests) {
    const name = signatureOf(test.roles, positions).join("+");
    signatures.set(name, [...(signatures.get(name) ?? []), test]);
  }
  const sum: Counts = { possible: 0, applicable: 0, executed: 0, confirmed: 0, passed: 0 };
  for (const [name, those] of signatures) {
    const here = seen.find(({ signature }) => signature === name);
    const players = name.split("+").map((role, at) => playersOf({ role, at }, plays, here));
    const { possible, applicable } = possibilities(those, {
      all: players.map(() => all),
      players,
    });
    sum.possible += possible;
    sum.applicable += applicable;
    sum.executed += here?.atLeast[1] ?? 0;
    sum.confirmed += here?.atLeast[2] ?? 0;
    sum.passed += here?.atLeast[3] ?? 0;
  }
  return sum;
}

const isThere = (entry: string | undefined): entry is string => Boolean(entry);

const everybodyIn = ({ rows, columns, others }: Seen): string[] => [
  ...(rows ?? []),
  ...(columns ?? []),
  ...others.flatMap((one) => Object.values(one).filter(isThere)),
];

/** Who plays the role, or was seen in it. */
function playersOf(
  { role, at }: { role: string; at: number },
  plays: Played["plays"],
  seen: Seen | undefined,
): string[] {
  const chosen = plays.filter((play) => play.roles.includes(role)).map(({ entry }) => entry);
  const axis = (at === 0 ? seen?.rows : seen?.columns) ?? [];
  const met = at < 2 ? axis : (seen?.others ?? []).map((one) => one[role]).filter(isThere);
  return [...new Set([...chosen, ...met])];
}

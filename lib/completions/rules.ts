import { isKnownPassing } from "@/lib/matrices/rules";
import type { Grid, MatrixCell } from "@/lib/matrices/schema";
import { printTerm, wordsOf } from "@/lib/queries/rules";
import { KEYS, type Key, MARKS } from "@/lib/queries/schema";
import type { Completion, Offer, Option, Vocabulary } from "./schema";

/** What the grids at hand can be asked for. Counts are of their cells; null where they came without any. */
export function vocabularyOf(grids: readonly Grid[], own: readonly string[]): Vocabulary {
  const tally = new Tally(grids, own);
  const axes = grids.flatMap(({ rows, columns }) => [...rows, ...columns]);
  const tests = grids.flatMap((grid) => grid.tests);
  const variants = tests.flatMap((test) =>
    Object.entries(test.variants).flatMap(([name, values]) =>
      values.map((value) => `${name}=${value}`),
    ),
  );
  const projects = namedOnce(axes.map(({ entry, name }) => [entry, name]));
  const plain = (values: readonly string[]) => namedOnce(values.map((value) => [value, ""]));
  const roles = grids.flatMap(({ roles: { rows, columns, others } }) => [
    rows,
    ...(columns === null ? [] : [columns]),
    ...others,
  ]);
  const lists: Partial<Record<Key, [string, string][]>> = {
    outcome: plain(wordsOf("outcome")),
    state: plain(wordsOf("state")),
    role: plain(roles),
    project: projects,
    test: namedOnce(tests.map(({ key, title }) => [key, title])),
    level: plain(wordsOf("level")),
    variant: plain(variants),
    is: plain(MARKS),
  };
  const vocabulary: Vocabulary = { changed: CHANGED, attempts: ATTEMPTS };
  for (const [key, list] of Object.entries(lists)) vocabulary[key as Key] = tally.offers(key, list);
  return vocabulary;
}

const offer = (value: string, label: string): Offer => ({ value, label, count: null });
const CHANGED = [
  offer("today", "since midnight in the event's zone"),
  offer("1h", "in the last hour"),
  offer("1d", "in the last day"),
  offer("1w", "in the last week"),
];
const ATTEMPTS = [offer(">1", "tried again"), offer(">4", "tried five times or more")];

const namedOnce = (list: readonly (readonly [string, string])[]): [string, string][] => [
  ...new Map(list),
];

/** How many cells answer to each `key:value`. */
class Tally {
  private readonly counts = new Map<string, number>();
  private readonly hasCells: boolean;

  constructor(grids: readonly Grid[], own: readonly string[]) {
    this.hasCells = grids.some(({ cells }) => cells.length > 0);
    const mine = new Set(own);
    for (const grid of grids) for (const cell of grid.cells) this.add(grid, cell, mine);
  }

  offers(key: string, list: readonly [string, string][]): Offer[] {
    return list.map(([value, label]) => ({
      value,
      label,
      count:
        this.hasCells && value !== "untested" ? (this.counts.get(`${key} ${value}`) ?? 0) : null,
    }));
  }

  private add(grid: Grid, cell: MatrixCell, mine: ReadonlySet<string>) {
    const test = grid.tests[cell.test];
    const parties = partiesOf(grid, cell);
    const entries = new Set(parties.map(({ entry }) => entry));
    for (const { role } of parties) this.count("role", role);
    for (const entry of entries) this.count("project", entry);
    if ([...entries].some((entry) => mine.has(entry))) this.count("is", "mine");
    if (test) {
      this.count("test", test.key);
      this.count("level", test.level);
      if (test.level === "must") this.count("is", "required");
    }
    this.count("state", cell.state);
    this.addTold(cell);
  }

  private addTold(cell: MatrixCell) {
    if (cell.state === "withheld") return;
    if (cell.outcome !== null) this.count("outcome", cell.outcome);
    for (const [name, value] of Object.entries(cell.variant))
      this.count("variant", `${name}=${value}`);
    for (const overlay of cell.overlays)
      this.count("is", overlay === "knownIssue" ? "known" : overlay);
    if (isKnownPassing(cell)) this.count("is", "known-passes");
  }

  private count(key: string, value: string) {
    const name = `${key} ${value}`;
    this.counts.set(name, (this.counts.get(name) ?? 0) + 1);
  }
}

function partiesOf({ roles, rows, columns }: Grid, cell: MatrixCell) {
  const column = cell.column === null ? undefined : columns[cell.column]?.entry;
  const others = "others" in cell ? Object.entries(cell.others) : [];
  return [
    { role: roles.rows, entry: rows[cell.row]?.entry ?? "" },
    ...(roles.columns !== null && column !== undefined
      ? [{ role: roles.columns, entry: column }]
      : []),
    ...others.map(([role, entry]) => ({ role, entry })),
  ];
}

const MOST = 12;

const KEY_WORDS: Record<Key, string> = {
  outcome: "what was seen",
  state: "how sure it is",
  role: "who plays, with project:",
  project: "whose it is",
  entry: "the same as project:",
  test: "by its key",
  level: "must, should or may",
  variant: "name=value",
  changed: "today, 1h, 2d, since a day",
  attempts: "how often it was tried",
  is: "known, flaky, stale, mine, …",
};

/** What may stand where the caret is, likeliest first. `from` and `to` is what an option takes the place of. */
export function complete(text: string, caret: number, vocabulary: Vocabulary): Completion {
  const start = startOf(text, caret);
  const typed = text.slice(start, caret);
  const word = typed.replace(/^-/, "");
  const from = start + typed.length - word.length;
  const colon = word.indexOf(":");
  if (colon < 0) return { from, to: caret, options: beginnings(word, vocabulary).slice(0, MOST) };
  const key = KEYS.find((one) => one === word.slice(0, colon).toLowerCase());
  if (!key) return { from, to: caret, options: [] };
  const behind = from + Math.max(colon, word.lastIndexOf(",")) + 1;
  const part = text.slice(behind, caret).replace(/^"/, "");
  const options = offersFor(key, vocabulary)
    .filter((one) => isLike(one, part))
    .toSorted(byLikeness(part))
    .slice(0, MOST);
  return { from: behind, to: caret, options: options.map((one) => optionOf(key, one, "")) };
}

/** Where the term begins in which the caret is; a space in quotes does not end one. */
function startOf(text: string, caret: number): number {
  let start = 0;
  let isQuoted = false;
  for (let at = 0; at < caret; at += 1) {
    if (text[at] === '"') isQuoted = !isQuoted;
    else if (!isQuoted && /\s/.test(text[at] ?? "")) start = at + 1;
  }
  return start;
}

const offersFor = (key: Key, vocabulary: Vocabulary): readonly Offer[] =>
  vocabulary[key === "entry" ? "project" : key] ?? [];

const has = (text: string, part: string) => text.toLowerCase().includes(part.toLowerCase());
const begins = (text: string, part: string) => text.toLowerCase().startsWith(part.toLowerCase());
const isLike = ({ value, label }: Offer, part: string) => has(value, part) || has(label, part);

/** What begins so before what has it inside, and what there is before what there is not. */
const byLikeness = (part: string) => (a: Offer, b: Offer) =>
  Number(begins(b.value, part)) - Number(begins(a.value, part)) ||
  Number(b.count !== 0) - Number(a.count !== 0);

/** A term from its beginning: a key, or whatever has the word in its name. */
function beginnings(word: string, vocabulary: Vocabulary): Option[] {
  const keys = KEYS.filter((key) => key !== "entry" && begins(key, word)).map(
    (key): Option => ({ insert: `${key}:`, name: `${key}:`, label: KEY_WORDS[key], count: null }),
  );
  if (word === "") return keys;
  const named = (["is", "project", "test", "outcome", "state", "role"] as const).flatMap((key) =>
    offersFor(key, vocabulary)
      .filter((one) => isLike(one, word))
      .map((one) => optionOf(key, one, `${key}:`)),
  );
  return [...keys, ...named];
}

/** Printed as the printer does, quotes where they must be; a space ends the term. */
function optionOf(key: Key, { value, label, count }: Offer, before: string): Option {
  const printed = printTerm({ key, values: [value], negated: false }).slice(key.length + 1);
  return { insert: `${before}${printed} `, name: `${before}${value}`, label, count };
}

import { EVERY_OUTCOME } from "@/lib/outcomes/rules";

/** What a term may ask for; the words are the same in the page's search box, its address and the API. */
export const KEYS = [
  "outcome",
  "state",
  "role",
  "project",
  "entry",
  "test",
  "level",
  "variant",
  "changed",
  "attempts",
  "is",
] as const;
export type Key = (typeof KEYS)[number];

/** What a cell may be besides its outcome and state; `-known` is short for `-is:known`. */
export const MARKS = [
  "known",
  "known-passes",
  "flaky",
  "stale",
  "mine",
  "required",
  "untested",
] as const;
export type Mark = (typeof MARKS)[number];

/** The keys of which all values are known without a grid. */
export const WORDS = {
  outcome: EVERY_OUTCOME,
  state: ["untested", "planned", "reported", "confirmed", "disputed", "settled", "withheld"],
  level: ["must", "should", "may"],
  is: MARKS,
} as const satisfies Partial<Record<Key, readonly string[]>>;

/** `text` is a free word: part of an entry's name or of a test's key or title. */
export type Term = { key: Key | "text"; values: string[]; negated: boolean };

/** What is wrong, where (in UTF-16 units from the beginning), and what to write instead. */
export type Fault = { at: number; length: number; message: string; instead: string | null };

/** All terms hold at once; of the values of one term any does. */
export type Query = { terms: Term[]; faults: Fault[] };

/** Where and when a query is asked: `today` is a day of the event's zone, `mine` the reader's entries. */
export type Around = {
  /** RFC 3339 */
  now: string;
  /** IANA name */
  zone: string;
  /** Slugs. */
  own: readonly string[];
};

/** Longer ones are no query but something pasted by mistake. */
export const QUERY_CHARS = 500;

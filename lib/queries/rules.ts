import { closest } from "fastest-levenshtein";
import { type Fault, KEYS, type Key, MARKS, type Query, type Term, WORDS } from "./schema";

/*
 * The language, as EBNF (ISO 14977):
 *
 *   query = { space }, [ term, { space, { space }, term }, { space } ] ;
 *   term  = [ "-" ], ( key, ":", value, { ",", value } | mark | word ) ;
 *   key   = "outcome" | "state" | "role" | "project" | "entry" | "test" | "level"
 *         | "variant" | "changed" | "attempts" | "is" ;
 *   mark  = "known" | "known-passes" | "flaky" | "stale" | "mine" | "required" | "untested" ;
 *   value, word = part, { part } ;
 *   part  = plain character | '"', { any character but '"' | '""' }, [ '"' ] ;
 *
 * All terms hold at once, of a term's values any one does, and "-" says the opposite. A word in quotes is
 * always a word, never a mark.
 */

/** Reads a query in one pass, whatever it is; what is wrong is told, and the good terms are kept. */
export function parseQuery(text: string): Query {
  const query: Query = { terms: [], faults: [] };
  for (const token of tokensOf(text)) {
    const read = readTerm(token);
    if ("message" in read) query.faults.push(read);
    else query.terms.push(read);
    if (token.isOpen) query.faults.push(openQuote(token));
  }
  return query;
}

/** A part of the text without its quotes. `isPlain`: none of it was in quotes. */
type Piece = { text: string; isPlain: boolean };
type Token = {
  at: number;
  length: number;
  negated: boolean;
  key: string | null;
  pieces: Piece[];
  isOpen: boolean;
};

function* tokensOf(text: string): Generator<Token> {
  let at = 0;
  while (at < text.length) {
    if (isSpace(text[at])) at += 1;
    else {
      const token = tokenAt(text, at);
      yield token;
      at += token.length;
    }
  }
}

const isSpace = (letter: string | undefined) => letter !== undefined && /\s/.test(letter);

function tokenAt(text: string, start: number): Token {
  const negated = text[start] === "-" && start + 1 < text.length && !isSpace(text[start + 1]);
  const scan = new Scan(text, negated ? start + 1 : start);
  scan.run();
  const { at, key, pieces, isOpen } = scan;
  return { at: start, length: at - start, negated, key, pieces, isOpen };
}

/** Reads one term letter by letter. */
class Scan {
  key: string | null = null;
  pieces: Piece[] = [];
  isOpen = false;
  private letters: string[] = [];
  private isPlain = true;

  constructor(
    private readonly text: string,
    public at: number,
  ) {}

  run() {
    for (let letter = this.text[this.at]; letter !== undefined; letter = this.text[this.at]) {
      if (isSpace(letter)) break;
      this.take(letter);
      if (!this.isOpen) this.at += 1;
      else break;
    }
    this.endPiece();
  }

  private take(letter: string) {
    if (letter === '"') this.takeQuoted();
    else if (letter === "," && this.key !== null) this.endPiece();
    else if (letter === ":" && this.key === null && this.isPlain && this.letters.length > 0) {
      this.key = this.letters.join("").toLowerCase();
      this.letters = [];
    } else this.letters.push(letter);
  }

  /** From the opening quote to the closing one, where the reading goes on. */
  private takeQuoted() {
    this.isPlain = false;
    for (this.at += 1; this.at < this.text.length; this.at += 1) {
      const letter = this.text[this.at] ?? "";
      if (letter === '"' && this.text[this.at + 1] !== '"') return;
      if (letter === '"') this.at += 1;
      this.letters.push(letter);
    }
    this.isOpen = true;
  }

  private endPiece() {
    const text = this.letters.join("").trim();
    if (text !== "") this.pieces.push({ text, isPlain: this.isPlain });
    this.letters = [];
    this.isPlain = true;
  }
}

const openQuote = ({ at, length }: Token): Fault => ({
  at,
  length,
  message: 'A quote is opened here and not closed; end it with ".',
  instead: null,
});

function readTerm(token: Token): Term | Fault {
  const { key, pieces, negated } = token;
  if (key === null) return readWord(token);
  if (!isKey(key)) return unknownKey(token, key);
  const values = pieces.map(({ text }) => (isExact(key) ? text.toLowerCase() : text));
  if (values.length === 0)
    return faultAt(token, `Say which ${key} after the colon, such as ${EXAMPLES[key]}.`);
  const wrong = values.find((value) => !isValue(key, value));
  if (wrong === undefined) return { key, values, negated };
  return wrongValue(token, key, wrong);
}

const isKey = (word: string): word is Key => KEYS.some((key) => key === word);
const isExact = (key: Key) => key in WORDS || key === "changed" || key === "attempts";
const isMark = (word: string) => MARKS.some((mark) => mark === word);

function readWord(token: Token): Term | Fault {
  const [piece] = token.pieces;
  const { negated } = token;
  if (!piece) return faultAt(token, "Empty quotes ask for nothing; write a word or leave it out.");
  const mark = piece.text.toLowerCase();
  if (piece.isPlain && isMark(mark)) return { key: "is", values: [mark], negated };
  return { key: "text", values: [piece.text], negated };
}

const EXAMPLES: Record<Key, string> = {
  outcome: "outcome:fail",
  state: "state:disputed",
  role: "role:server",
  project: "project:kamailio",
  entry: "entry:kamailio",
  test: "test:DTLS-01",
  level: "level:must",
  variant: "variant:transport=tls",
  changed: "changed:today",
  attempts: "attempts:>1",
  is: "is:known",
};

export const ATTEMPTS = /^(>=|<=|>|<|=)?(\d{1,6})$/;
export const CHANGED_AGO = /^(\d{1,4})(m|h|d|w)$/;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** Whether there is such a day; the 30th of February is none. */
export const isDay = (value: string) =>
  DAY.test(value) &&
  value >= "1970" &&
  !Number.isNaN(Date.parse(value)) &&
  new Date(value).toISOString().startsWith(value);

function isValue(key: Key, value: string): boolean {
  if (key in WORDS) return wordsOf(key).includes(value);
  if (key === "attempts") return ATTEMPTS.test(value);
  if (key === "changed") return value === "today" || CHANGED_AGO.test(value) || isDay(value);
  return key !== "variant" || /^[^=]+=./.test(value);
}

/** All values of a key, where they are known without a grid. */
export const wordsOf = (key: Key): readonly string[] =>
  (WORDS as Partial<Record<Key, readonly string[]>>)[key] ?? [];

/** Further than this there is no likeness worth a look. */
const LONGEST = 40;
const nearest = (word: string, list: readonly string[]) =>
  closest(word.slice(0, LONGEST).toLowerCase(), [...list]);

const faultAt = ({ at, length }: Token, message: string, instead: string | null = null): Fault => ({
  at,
  length,
  message,
  instead,
});

const shown = (word: string) => (word.length > LONGEST ? `${word.slice(0, LONGEST)}…` : word);

function unknownKey(token: Token, key: string): Fault {
  const near = KEYS.find((one) => one === nearest(key, KEYS)) ?? "is";
  const values = token.pieces.map(({ text }) => (isExact(near) ? text.toLowerCase() : text));
  const fits = values.length > 0 && values.every((value) => isValue(near, value));
  const instead = printTerm({ key: near, values, negated: token.negated });
  const word = `"${token.negated ? "-" : ""}${[key, ...values].join(":")}"`;
  return faultAt(
    token,
    `There is no "${shown(key)}:" here. The nearest is "${near}:"; to find it as a word, write ${shown(word)}.`,
    fits ? instead : null,
  );
}

function wrongValue(token: Token, key: Key, wrong: string): Fault {
  const words = wordsOf(key);
  if (words.length > 0) {
    const near = nearest(wrong, words);
    const instead = printTerm({ key, values: [near], negated: token.negated });
    return faultAt(token, `"${shown(wrong)}" is no ${key}; use ${words.join(", ")}.`, instead);
  }
  const forms = {
    attempts: "a number, with >, >=, < or <= before it if you like: attempts:>1",
    changed: "today, a time such as 30m, 1h, 2d or 1w, or a day such as 2026-11-23",
    variant: "a name and a value: variant:transport=tls",
  } as const;
  const form = key in forms ? forms[key as keyof typeof forms] : EXAMPLES[key];
  return faultAt(token, `"${shown(wrong)}" does not fit ${key}:. Use ${form}.`);
}

/** The same query as it is written best: what was wrong with it is left out. */
export const printQuery = ({ terms }: Pick<Query, "terms">): string =>
  terms.map(printTerm).join(" ");

export function printTerm({ key, values, negated }: Term): string {
  const sign = negated ? "-" : "";
  if (key === "text") return `${sign}${printWord(values[0] ?? "")}`;
  return `${sign}${key}:${values.map(printValue).join(",")}`;
}

const quote = (text: string) => `"${text.replaceAll('"', '""')}"`;
const printValue = (value: string) => (/[\s",]/.test(value) ? quote(value) : value);
const printWord = (word: string) =>
  /[\s",:]/.test(word) || word.startsWith("-") || isMark(word.toLowerCase()) ? quote(word) : word;

/** Whether the answer depends on who asks and when, and not on the cells alone. */
export const isMoving = (text: string): boolean =>
  parseQuery(text).terms.some(
    ({ key, values }) => key === "changed" || (key === "is" && values.includes("mine")),
  );

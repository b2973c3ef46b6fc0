import { FormatError } from "../failure";
import { Tail } from "./draft";

/** A test point with what was said about it: its subtests, its YAML block, lines around it. */
export type TapPoint = {
  readonly isOk: boolean;
  readonly name: string;
  readonly directive: "skip" | "todo" | undefined;
  readonly reason: string;
  readonly subtests: readonly TapPoint[] | undefined;
  readonly yaml: TapYaml;
  readonly notes: Tail;
  /** What `# plugfest:` comments before it have told. */
  readonly told: ReadonlyMap<string, string>;
};

/** The lines of a YAML block; of an endless one those at its beginning. */
export type TapYaml = { readonly lines: string[]; chars: number; isCut: boolean };

/** What a TAP stream, or a subtest in it, has said of itself so far. */
export type TapTotals = {
  points: number;
  plan: number | undefined;
  /** Why nothing was planned: `1..0 # SKIP reason`. */
  skipped: string | undefined;
  bailOut: string | undefined;
};

const DEEPEST = 50;
const LONGEST_YAML = 65_536;
/** They are in memory together until their own point comes. */
const MOST_SUBTESTS = 100_000;
// docker compose puts "service-1  | " before each line.
const PREFIX = /^[\w.-]+\s+\|(?: |$)/;
const PLAN = /^1\.\.(\d+)(?:\s*#\s*(.*))?$/;
const POINT = /^(not )?ok\b(?:\s+(\d+))?(?:\s+-)?\s*(.*)$/;
const DIRECTIVE = /(?:^|\s)#\s*(skip\S*|todo)\b:?\s*(.*)$/i;
const BAIL_OUT = /^\s*Bail out!\s*(.*)$/i;
const TOLD = /^#\s*plugfest:\s*(.*)$/i;

/**
 * Reads TAP 13 and 14 (testanything.org) line by line. Lines that are none are kept with the point before
 * them, so that a point is whole when the next one begins; a subtest is kept until its own point comes.
 */
export class TapReader {
  readonly totals: TapTotals = {
    points: 0,
    plan: undefined,
    skipped: undefined,
    bailOut: undefined,
  };
  #last: TapPoint | undefined;
  /** A subtest, whose point comes after it. */
  #inside: { readonly reader: TapReader; readonly points: TapPoint[] } | undefined;
  #isInYaml = false;
  #told: ReadonlyMap<string, string> = new Map();
  /** A plan at the end: what follows is said about the whole. */
  #isEnded = false;

  constructor(readonly depth = 0) {
    if (depth > DEEPEST) throw new FormatError(`Subtests are nested deeper than ${DEEPEST}.`);
  }

  /** Takes a line; the point before it, when that is whole now. */
  read(line: string): TapPoint | undefined {
    return this.#read(this.depth === 0 ? line.replace(PREFIX, "") : line);
  }

  /** The last point. What a subtest says that was cut off inside is lost, but for a bail-out. */
  end(): TapPoint | undefined {
    this.#endInside();
    return this.#last;
  }

  #read(line: string): TapPoint | undefined {
    const last = this.#last;
    if (this.#isInYaml && last) this.#readYaml(last, line);
    else if (last && !this.#inside && /^ {2}---\s*$/.test(line)) this.#isInYaml = true;
    else if (/^(?: {4}|\t)/.test(line)) this.#readInside(line.replace(/^(?: {4}|\t)/, ""));
    else return this.#readLine(line);
    return undefined;
  }

  #readYaml(last: TapPoint, line: string) {
    if (/^ {2}\.\.\.\s*$/.test(line)) this.#isInYaml = false;
    else keepLine(last.yaml, line.replace(/^ {2}/, ""));
  }

  #readInside(line: string) {
    this.#inside ??= { reader: new TapReader(this.depth + 1), points: [] };
    const whole = this.#inside.reader.read(line);
    if (whole) this.#inside.points.push(whole);
    if (this.#inside.points.length > MOST_SUBTESTS)
      throw new FormatError(`A point has more than ${MOST_SUBTESTS} subtests. Push it in parts.`);
  }

  #endInside(): readonly TapPoint[] | undefined {
    if (!this.#inside) return undefined;
    const { reader, points } = this.#inside;
    this.#inside = undefined;
    const last = reader.end();
    this.totals.bailOut ??= reader.totals.bailOut;
    return last ? [...points, last] : points;
  }

  #readLine(line: string): TapPoint | undefined {
    const point = POINT.exec(line);
    if (point) return this.#addPoint(point);
    const plan = PLAN.exec(line);
    const bailOut = BAIL_OUT.exec(line);
    const told = TOLD.exec(line);
    if (plan) this.#addPlan(plan);
    else if (bailOut) this.totals.bailOut ??= bailOut[1] || "without a reason";
    else if (told) this.#told = parseTold(told[1] ?? "");
    else if (!this.#isEnded && isNote(line)) this.#last?.notes.add(`${line}\n`);
    return undefined;
  }

  #addPoint([, not, number, rest = ""]: RegExpExecArray): TapPoint | undefined {
    const [directive, word, reason = ""] = DIRECTIVE.exec(rest) ?? [];
    const name = directive === undefined ? rest : rest.slice(0, -directive.length);
    const before = this.#last;
    this.totals.points += 1;
    this.#last = {
      isOk: not === undefined,
      name: unescaped(name.trim()) || `test ${number ?? this.totals.points}`,
      directive: directiveOf(word),
      reason: reason.trim(),
      subtests: this.#endInside(),
      yaml: { lines: [], chars: 0, isCut: false },
      notes: new Tail(),
      told: this.#told,
    };
    return before;
  }

  #addPlan([, count, comment = ""]: RegExpExecArray) {
    this.totals.plan = Number(count);
    this.#isEnded = this.totals.points > 0;
    if (this.totals.plan === 0) {
      this.totals.skipped = comment.replace(/^skip\S*:?\s*/i, "") || "without a reason";
    }
  }
}

function keepLine(yaml: TapYaml, line: string) {
  const room = LONGEST_YAML - yaml.chars;
  yaml.isCut ||= line.length > room;
  if (room <= 0) return;
  yaml.lines.push(line.slice(0, room));
  yaml.chars += line.length + 1;
}

const isNote = (line: string) => line.trim() !== "" && !/^# Subtest(:|$)/.test(line);

function directiveOf(word: string | undefined): TapPoint["directive"] {
  if (word === undefined) return undefined;
  return word.toLowerCase() === "todo" ? "todo" : "skip";
}

const unescaped = (text: string) => text.replace(/\\([#\\])/g, "$1");

/** `as=opensips@3.6.1 vs=kamailio variant.alg=ES256 exchange=abc`, as properties of ours. */
function parseTold(text: string): Map<string, string> {
  const told = new Map<string, string>();
  for (const [, key = "", value = ""] of text.matchAll(/([\w.-]+)=(\S+)/g)) {
    const isOwn = /^(variant\..+|exchange|test)$/.test(key);
    told.set(`plugfest.${isOwn ? key : `role.${key}`}`, value);
  }
  return told;
}

import { FormatError } from "../failure";
import { Tail } from "./draft";

/** A test point with what was said about it: its subtests, its YAML block, lines around it. */
export type TapPoint = {
  readonly isOk: boolean;
  readonly name: string;
  readonly directive: "skip" | "todo" | undefined;
  readonly reason: string;
  readonly subtests: TapBlock | undefined;
  readonly yaml: string[];
  readonly notes: Tail;
  /** What `# plugfest:` comments before it have told. */
  readonly told: ReadonlyMap<string, string>;
};

/** A TAP stream, or a subtest in it. */
export type TapBlock = {
  readonly points: TapPoint[];
  plan: number | undefined;
  /** Why nothing was planned: `1..0 # SKIP reason`. */
  skipped: string | undefined;
  bailOut: string | undefined;
};

const DEEPEST = 50;
// docker compose puts "service-1  | " before each line.
const PREFIX = /^[\w.-]+\s+\|(?: |$)/;
const PLAN = /^1\.\.(\d+)(?:\s*#\s*(.*))?$/;
const POINT = /^(not )?ok\b(?:\s+(\d+))?(?:\s+-)?\s*(.*)$/;
const DIRECTIVE = /(?:^|\s)#\s*(skip\S*|todo)\b:?\s*(.*)$/i;
const BAIL_OUT = /^\s*Bail out!\s*(.*)$/i;
const TOLD = /^#\s*plugfest:\s*(.*)$/i;

/** Reads TAP 13 and 14 (testanything.org). Lines that are none are kept with the point before them. */
export function parseTap(text: string): TapBlock {
  return parseBlock(
    text.split(/\r?\n/).map((line) => line.replace(PREFIX, "")),
    0,
  );
}

function parseBlock(lines: readonly string[], depth: number): TapBlock {
  if (depth > DEEPEST) throw new FormatError(`Subtests are nested deeper than ${DEEPEST}.`);
  const block: TapBlock = {
    points: [],
    plan: undefined,
    skipped: undefined,
    bailOut: undefined,
  };
  const reader = new BlockReader(block, depth);
  for (const line of lines) reader.read(line);
  reader.end();
  return block;
}

class BlockReader {
  /** Lines of a subtest, whose point comes after them. */
  #deeper: string[] = [];
  #isInYaml = false;
  #told: ReadonlyMap<string, string> = new Map();
  /** A plan at the end: what follows is said about the whole. */
  #isEnded = false;

  constructor(
    readonly block: TapBlock,
    readonly depth: number,
  ) {}

  read(line: string) {
    const last = this.block.points.at(-1);
    if (this.#isInYaml && last) this.#readYaml(last, line);
    else if (last && this.#deeper.length === 0 && /^ {2}---\s*$/.test(line)) this.#isInYaml = true;
    else if (/^(?: {4}|\t)/.test(line)) this.#deeper.push(line.replace(/^(?: {4}|\t)/, ""));
    else this.#readLine(line);
  }

  /** A stream that was cut off inside a subtest. */
  end() {
    if (this.#deeper.length === 0) return;
    const { bailOut } = parseBlock(this.#deeper, this.depth + 1);
    this.block.bailOut ??= bailOut;
  }

  #readYaml(last: TapPoint, line: string) {
    if (/^ {2}\.\.\.\s*$/.test(line)) this.#isInYaml = false;
    else last.yaml.push(line.replace(/^ {2}/, ""));
  }

  #readLine(line: string) {
    const point = POINT.exec(line);
    const plan = PLAN.exec(line);
    const bailOut = BAIL_OUT.exec(line);
    const told = TOLD.exec(line);
    if (point) this.#addPoint(point);
    else if (plan) this.#addPlan(plan);
    else if (bailOut) this.block.bailOut ??= bailOut[1] || "without a reason";
    else if (told) this.#told = parseTold(told[1] ?? "");
    else if (!this.#isEnded && isNote(line)) this.block.points.at(-1)?.notes.add(`${line}\n`);
  }

  #addPoint([, not, number, rest = ""]: RegExpExecArray) {
    const [directive, word, reason = ""] = DIRECTIVE.exec(rest) ?? [];
    const name = directive === undefined ? rest : rest.slice(0, -directive.length);
    const subtests = this.#deeper.length > 0 ? parseBlock(this.#deeper, this.depth + 1) : undefined;
    this.#deeper = [];
    if (subtests) this.block.bailOut ??= subtests.bailOut;
    this.block.points.push({
      isOk: not === undefined,
      name: unescaped(name.trim()) || `test ${number ?? this.block.points.length + 1}`,
      directive: directiveOf(word),
      reason: reason.trim(),
      subtests,
      yaml: [],
      notes: new Tail(),
      told: this.#told,
    });
  }

  #addPlan([, count, comment = ""]: RegExpExecArray) {
    this.block.plan = Number(count);
    this.#isEnded = this.block.points.length > 0;
    if (this.block.plan === 0) {
      this.block.skipped = comment.replace(/^skip\S*:?\s*/i, "") || "without a reason";
    }
  }
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

import { FormatError } from "../failure";
import { Tail } from "./draft";
import { isMoment, parseMoment, parseSeconds } from "./moment";
import { type Attributes, readXml, type XmlHandler } from "./xml";

export const VERDICTS = [
  "failure",
  "error",
  "skipped",
  "rerunFailure",
  "rerunError",
  "flakyFailure",
  "flakyError",
] as const;
export type VerdictKind = (typeof VERDICTS)[number];

export type JunitVerdict = {
  readonly kind: VerdictKind;
  readonly message: string | undefined;
  readonly type: string | undefined;
  text: string;
  isCut: boolean;
  /** What a rerun printed: surefire keeps it inside the verdict. */
  out: Tail | undefined;
};

/** A testcase as the report tells it, or the trouble of a whole suite (`isSuite`). */
export type JunitCase = {
  readonly suite: string;
  readonly isSuite: boolean;
  readonly name: string | undefined;
  readonly classname: string | undefined;
  readonly status: string | undefined;
  readonly durationMs: number | undefined;
  /** Milliseconds since 1970, where the report tells a time. */
  readonly startedAt: number | undefined;
  readonly verdicts: JunitVerdict[];
  /** Its own, and of the suites around it only those named plugfest.* */
  properties: ReadonlyMap<string, string>;
  out: Tail | undefined;
  err: Tail | undefined;
};

type Suite = {
  readonly name: string;
  readonly trouble: JunitVerdict[];
  properties: ReadonlyMap<string, string>;
  readonly startedAt: number | undefined;
  elapsedMs: number;
};

const NO_PROPERTIES: ReadonlyMap<string, string> = new Map();
const KEPT_TEXT = 32_768;
const isVerdict = (name: string): name is VerdictKind => VERDICTS.some((kind) => kind === name);

/** Reads the cases of a JUnit report as they come, in the order in which they end. */
export async function* readJunitCases(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<JunitCase> {
  const builder = new JunitBuilder();
  for await (const _ of readXml(bytes, builder)) yield* builder.done.splice(0);
  yield* builder.done.splice(0);
}

class JunitBuilder implements XmlHandler {
  readonly done: JunitCase[] = [];
  readonly #elements: string[] = [];
  readonly #suites: Suite[] = [];
  readonly #cases: JunitCase[] = [];
  #verdict: JunitVerdict | undefined;
  #property: { name: string; text: string } | undefined;

  open(name: string, attributes: Attributes) {
    if (this.#elements.length === 0) this.#openRoot(name, attributes);
    else if (name === "testsuite") this.#openSuite(attributes);
    else if (name === "testcase") this.#openCase(attributes);
    else if (isVerdict(name)) this.#openVerdict(name, attributes);
    else if (name === "property") this.#openProperty(attributes);
    this.#elements.push(name);
  }

  close(name: string) {
    this.#elements.pop();
    if (name === "testsuite" || this.#elements.length === 0) this.#closeSuite();
    else if (name === "testcase") this.#closeCase();
    else if (isVerdict(name)) this.#verdict = undefined;
    else if (name === "property") this.#closeProperty();
  }

  text(chunk: string) {
    const at = this.#elements.at(-1);
    const open = this.#cases.at(-1);
    if (this.#property && at === "property") this.#property.text += chunk.slice(0, 1000);
    else if (at === "system-out") addOutput(this.#verdict ?? open, "out", chunk);
    else if (at === "system-err" && this.#verdict) addOutput(this.#verdict, "out", chunk);
    else if (at === "system-err") addOutput(open, "err", chunk);
    else if (this.#verdict) addText(this.#verdict, chunk);
  }

  #openRoot(name: string, attributes: Attributes) {
    if (name !== "testsuites" && name !== "testsuite") {
      throw new FormatError(
        `This is no JUnit report: it begins with <${cut(name)}>, not with <testsuites> or <testsuite>.`,
        { line: 1, column: 1 },
      );
    }
    this.#openSuite(name === "testsuite" ? attributes : { ...attributes, name: "" });
  }

  #openSuite(attributes: Attributes) {
    const parent = this.#suites.at(-1);
    const own = parseMoment(attributes.timestamp);
    const name = attributes.name ?? "";
    this.#suites.push({
      name: [parent?.name, name].filter(Boolean).join(" / "),
      trouble: [],
      properties: parent?.properties ?? NO_PROPERTIES,
      startedAt: own ?? clockOf(parent),
      elapsedMs: 0,
    });
  }

  #closeSuite() {
    const suite = this.#suites.pop();
    if (!suite) return;
    const parent = this.#suites.at(-1);
    if (parent) parent.elapsedMs += suite.elapsedMs;
    if (suite.trouble.length > 0) this.done.push(suiteCase(suite));
  }

  #openCase(attributes: Attributes) {
    const suite = this.#suites.at(-1);
    const durationMs = parseSeconds(attributes.time);
    const startedAt = parseMoment(attributes.timestamp) ?? clockOf(suite);
    if (suite) suite.elapsedMs += durationMs ?? 0;
    this.#cases.push({
      suite: suite?.name ?? "",
      isSuite: false,
      name: attributes.name?.trim() || undefined,
      classname: attributes.classname?.trim() || undefined,
      status: attributes.status ?? attributes.result,
      durationMs,
      startedAt,
      verdicts: [],
      properties: suite?.properties ?? NO_PROPERTIES,
      out: undefined,
      err: undefined,
    });
  }

  #closeCase() {
    const ended = this.#cases.pop();
    if (ended) this.done.push(ended);
  }

  #openVerdict(kind: VerdictKind, attributes: Attributes) {
    const { message, type } = attributes;
    const verdict = { kind, message, type, text: "", isCut: false, out: undefined };
    this.#verdict = verdict;
    const open = this.#cases.at(-1)?.verdicts ?? this.#suites.at(-1)?.trouble;
    open?.push(verdict);
  }

  #openProperty(attributes: Attributes) {
    this.#property = { name: attributes.name ?? "", text: attributes.value ?? "" };
  }

  /** A suite's properties are its machine's, often a hundred: only ours are handed down. */
  #closeProperty() {
    const { name, text } = this.#property ?? { name: "", text: "" };
    this.#property = undefined;
    const open = this.#cases.at(-1);
    if (name === "" || (!open && !name.startsWith("plugfest."))) return;
    const owner = open ?? this.#suites.at(-1);
    if (owner) owner.properties = new Map([...owner.properties, [name, text.trim()]]);
  }
}

const cut = (name: string) => name.slice(0, 60);

/** When the next case of a suite begins, as far as the durations told before it say. */
function clockOf(suite: Suite | undefined): number | undefined {
  if (suite?.startedAt === undefined) return undefined;
  const at = Math.round(suite.startedAt + suite.elapsedMs);
  return isMoment(at) ? at : undefined;
}

/** Most cases print nothing, so that nothing is made for them. */
function addOutput<Key extends "out" | "err">(
  owner: { [K in Key]: Tail | undefined } | undefined,
  key: Key,
  chunk: string,
) {
  if (!owner) return;
  owner[key] ??= new Tail();
  owner[key].add(chunk);
}

function addText(verdict: JunitVerdict, chunk: string) {
  // Indentation of the elements inside.
  if (verdict.text === "" && chunk.trim() === "") return;
  const room = KEPT_TEXT - verdict.text.length;
  verdict.text += chunk.slice(0, room);
  verdict.isCut ||= chunk.length > room;
}

const suiteCase = (suite: Suite): JunitCase => ({
  suite: suite.name,
  isSuite: true,
  name: suite.name || "(suite)",
  classname: undefined,
  status: undefined,
  durationMs: undefined,
  startedAt: suite.startedAt,
  verdicts: suite.trouble,
  properties: suite.properties,
  out: undefined,
  err: undefined,
});

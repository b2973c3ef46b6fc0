import type { Outcome } from "@/lib/results/schema";
import {
  type Attached,
  attachmentsOf,
  evidenceOf,
  keepAttachments,
  printedProperties,
} from "./attachments";
import {
  type Draft,
  defined,
  type LogPart,
  logFrom,
  longName,
  messageFrom,
  type Reading,
  shortText,
  type Tail,
} from "./draft";
import { inBand, testCalled, wholeItem } from "./in-band";
import { type JunitCase, type JunitVerdict, readJunitCases, type VerdictKind } from "./junit-cases";
import { Names, type Owned } from "./names";
import { isSipssertVerdict, SIPSSERT_STATES, sipssertState } from "./sipssert-words";
import { refuseChanged, type Source, streamOf } from "./source";

const OUTCOME_OF = {
  failure: "fail",
  error: "error",
  skipped: "skipped",
  rerunFailure: "fail",
  rerunError: "error",
  flakyFailure: "fail",
  flakyError: "error",
} as const satisfies Record<VerdictKind, Outcome>;

/** The verdicts that decide a case, the telling one first: a teardown may break after a failure. */
const DECIDING = ["failure", "error", "skipped"] as const satisfies VerdictKind[];
const FLAKY: readonly VerdictKind[] = ["flakyFailure", "flakyError"];
const RERUN: readonly VerdictKind[] = ["rerunFailure", "rerunError"];

/** What was not run, and says so only here, must not count as passed (GoogleTest, Bazel, NUnit). */
const NOT_RUN = /^(notrun|disabled|skipped|ignored|suppressed|pending)$/i;

/** What a first reading tells of the whole file: its sum, and which names need their class. */
type Scan = {
  sum: string;
  readonly names: Names;
  isSipssert: boolean;
  startedAt: number | undefined;
  track: string | undefined;
  /** The files that its cases name. */
  readonly attached: Set<string>;
};

/**
 * A JUnit report, read twice: once to its end, so that nothing is kept of a broken file, and once
 * to hand its cases out as they come. Counters in the report are not read.
 */
export async function readJunit(source: Source): Promise<Reading> {
  const scan = await scanJunit(source);
  const attached = await keepAttachments(source, scan.attached);
  return defined({
    format: scan.isSipssert ? "sipssert" : "junit",
    track: scan.track,
    captures: attached.files.size > 0 ? [...attached.files.values()] : undefined,
    files: [{ name: source.name, sha256: scan.sum }],
    startedAt:
      scan.startedAt === undefined ? source.changedAt : new Date(scan.startedAt).toISOString(),
    warnings: attached.problems,
    items: () => draftsOf(source, scan, attached),
  });
}

async function scanJunit(source: Source): Promise<Scan> {
  const stream = streamOf(source);
  const scan: Scan = {
    sum: "",
    names: new Names(),
    isSipssert: true,
    startedAt: undefined,
    track: undefined,
    attached: new Set(),
  };
  let verdicts = 0;
  for await (const found of readJunitCases(stream.bytes)) {
    verdicts += found.verdicts.length;
    scan.isSipssert &&= found.verdicts.every(isSipssertVerdict);
    scan.names.note(ownedName(found));
    const at = found.startedAt;
    scan.track ??= found.properties.get("plugfest.track");
    scan.isSipssert &&= !found.properties.has("plugfest.item");
    for (const path of attachmentsOf(found)) scan.attached.add(path);
    if (at !== undefined) scan.startedAt = Math.min(scan.startedAt ?? at, at);
  }
  scan.isSipssert &&= verdicts > 0;
  scan.sum = stream.sum();
  return scan;
}

const ownedName = (found: JunitCase): Owned => ({
  name: found.name ?? found.classname ?? (found.suite || "(unnamed)"),
  owner: found.classname ?? found.suite,
});

async function* draftsOf(source: Source, scan: Scan, attached: Attached): AsyncGenerator<Draft> {
  const stream = streamOf(source);
  for await (const found of readJunitCases(stream.bytes)) {
    const whole = wholeItem(found.properties.get("plugfest.item"));
    const base = { ...baseOf(found, scan, source.changedAt), ...evidenceOf(found, attached) };
    if (whole) yield whole;
    else if (scan.isSipssert) yield { ...base, ...sipssertPart(found) };
    else for (const attempt of attemptsOf(found)) yield { ...base, ...attempt };
  }
  refuseChanged(stream, scan.sum);
}

function baseOf(found: JunitCase, scan: Scan, changedAt: string) {
  const { startedAt } = found;
  const own = inBand(propertiesOf(found));
  return {
    startedAt: startedAt === undefined ? changedAt : new Date(startedAt).toISOString(),
    ...own,
    ...testCalled(longName(scan.names.of(ownedName(found))), own),
  };
}

function propertiesOf(found: JunitCase): ReadonlyMap<string, string> {
  const printed = printedProperties(found);
  return printed.length > 0 ? new Map([...printed, ...found.properties]) : found.properties;
}

const sipssertPart = (found: JunitCase) => {
  const state = sipssertState(found.verdicts[0]);
  return defined({
    outcome: SIPSSERT_STATES[state],
    rawStatus: state,
    durationMs: found.durationMs,
  });
};

type Attempt = Pick<Draft, "outcome" | "rawStatus" | "message" | "log" | "durationMs">;

/** Surefire's reruns: earlier failures of a case that passed in the end, later ones of one that never did. */
function attemptsOf(found: JunitCase): Attempt[] {
  if (found.verdicts.length === 0) return [mainAttempt(found, [])];
  const ofKind = (kinds: readonly VerdictKind[]) =>
    found.verdicts.filter(({ kind }) => kinds.includes(kind));
  return [
    ...ofKind(FLAKY).map((verdict) => attemptFrom([verdict])),
    mainAttempt(found, ofKind(DECIDING)),
    ...ofKind(RERUN).map((verdict) => attemptFrom([verdict])),
  ];
}

function mainAttempt(found: JunitCase, verdicts: readonly JunitVerdict[]): Attempt {
  const sorted = DECIDING.flatMap((kind) => verdicts.filter((verdict) => verdict.kind === kind));
  const output = [...outputPart("system-out", found.out), ...outputPart("system-err", found.err)];
  const attempt = attemptFrom(sorted, output);
  return defined({ ...attempt, ...exception(found, sorted), durationMs: found.durationMs });
}

/** Where the elements alone would say too much: a case that was not run, or was not meant to pass yet. */
function exception(found: JunitCase, verdicts: readonly JunitVerdict[]): Partial<Attempt> {
  if (verdicts.length === 0 && NOT_RUN.test(found.status ?? "")) {
    return { outcome: "skipped", rawStatus: shortText(found.status ?? "") };
  }
  // Node's runner writes a failing TODO as failure and skipped, in TAP's sense of "no failure".
  const isTodo = verdicts.some(({ kind, type }) => kind === "skipped" && type === "todo");
  if (isTodo && verdicts.length > 1) return { outcome: "inconclusive", rawStatus: "todo" };
  return {};
}

function attemptFrom(verdicts: readonly JunitVerdict[], output: readonly LogPart[] = []): Attempt {
  const [first] = verdicts;
  const texts = verdicts.flatMap(({ text, isCut, out }): LogPart[] => [
    { text: trimLines(text), isCut, keep: "head" },
    ...outputPart("system-out", out),
  ]);
  return defined({
    outcome: first ? OUTCOME_OF[first.kind] : "pass",
    rawStatus: first && rawStatusOf(first),
    message: messageFrom(verdicts.map(saying).filter(Boolean).join("\n")),
    log: logFrom([...texts, ...output]),
  });
}

const outputPart = (title: string, tail: Tail | undefined): LogPart[] =>
  tail ? [{ ...tail.part, title }] : [];

const trimLines = (text: string) => text.replace(/^\s*\n/, "").trimEnd();
const saying = ({ message, text }: JunitVerdict) =>
  message?.trim() || (text.trim().split("\n", 1)[0] ?? "");

const rawStatusOf = ({ kind, type }: JunitVerdict) =>
  shortText(type && type !== kind ? `${kind}: ${type}` : kind);

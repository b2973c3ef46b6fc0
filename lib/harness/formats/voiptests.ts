import type { Outcome } from "@/lib/results/schema";
import { FormatError } from "../failure";
import { type Draft, defined, longName, messageFrom, type Reading } from "./draft";
import { type Source, textOf } from "./source";

/** What test_run.sh of sippy/voiptests and its two callers print (commit 25ec695). */
const SCHEDULED = /^Scheduling test: (.+?) \[(.*?)(?:, )?cli='([^']*)'\]\s*$/;
const ENDED = /^(Alice|Bob)\(([^)]*)\): subclass \S+ (failed|timeout)\b(.*)$/;
const CHECKED = /^(?:OK|FAILED): (?:\(rc=(\d+)\) )?Checking (?:if )?(.+)$/;
const DUMP = /^Logdump for .* (BEGINS|ENDS)\b/;
const ALICE = "Alice is happy";

type Scheduled = { readonly name: string; readonly cli: string };
type End = { readonly outcome: Outcome; readonly line: string; readonly isIgnored: boolean };
type Check = { readonly what: string; readonly rc: number };
type Told = {
  readonly scheduled: Scheduled[];
  readonly ends: Map<string, End>;
  readonly checks: Check[];
};

export const looksLikeVoiptests = (head: string): boolean =>
  /^Scheduling test: .+ \[.*cli='/m.test(head);

/**
 * A subtest that nobody complains of has passed, but only when Alice's own count of failures, her exit code,
 * leaves room for none that is not told: else what is not told is inconclusive.
 */
export async function readVoiptests(source: Source): Promise<Reading> {
  const { text, sum } = await textOf(source);
  const told = parse(text);
  if (told.scheduled.length === 0) {
    throw new FormatError("There is no line 'Scheduling test: …' of voiptests in this file.");
  }
  const alice = told.checks.find(({ what }) => what === ALICE);
  const aborted = alice ? undefined : "It has no verdict on Alice, so it may have been cut off.";
  const drafts = [
    ...told.scheduled.map((one) => subtest(one, told, alice)),
    ...told.checks.filter(({ what }) => what !== ALICE).map(checked),
  ].map((draft): Draft => ({ ...draft, startedAt: source.changedAt }));
  return defined({
    format: "voiptests",
    runner: "voiptests",
    files: [{ name: source.name, sha256: sum }],
    plan: { items: drafts.length },
    startedAt: source.changedAt,
    aborted,
    warnings: aborted === undefined ? [] : [aborted],
    items: () => drafts,
  });
}

function parse(text: string): Told {
  const told: Told = { scheduled: [], ends: new Map(), checks: [] };
  let isDumped = false;
  for (const line of text.split(/\r?\n/)) {
    const dump = DUMP.exec(line);
    if (dump) isDumped = dump[1] === "BEGINS";
    // What a log says inside a dump is not said by the runner.
    else if (!isDumped) note(told, line);
  }
  return told;
}

function note(told: Told, line: string) {
  noteScheduled(told, line);
  noteEnd(told, line);
  const [, rc, what] = CHECKED.exec(line) ?? [];
  if (what === undefined) return;
  told.checks.push({ what: what.trim(), rc: Number(rc ?? (line.startsWith("OK") ? 0 : 1)) });
}

function noteScheduled({ scheduled }: Told, line: string) {
  const [, name, kind, cli] = SCHEDULED.exec(line) ?? [];
  if (name === undefined || cli === undefined) return;
  scheduled.push({ name: kind ? `${name} [${kind}]` : name, cli });
}

function noteEnd({ ends }: Told, line: string) {
  const [, who, whose = "", how, rest = ""] = ENDED.exec(line) ?? [];
  if (who !== "Alice" || ends.has(whose)) return;
  const outcome = how === "timeout" ? "timeout" : "fail";
  ends.set(whose, { outcome, line, isIgnored: rest.includes("[IGNORED]") });
}

type Part = Omit<Draft, "startedAt">;

function subtest({ name, cli }: Scheduled, told: Told, alice: Check | undefined): Part {
  const end = told.ends.get(cli);
  const test = longName(name);
  if (end) {
    return {
      test,
      outcome: end.outcome,
      rawStatus: end.isIgnored ? `${end.outcome} [IGNORED]` : end.outcome,
      ...defined({ message: messageFrom(end.line) }),
      labels: { cli, ...(end.isIgnored ? { known: "true" } : {}) },
    };
  }
  const counted = [...told.ends.values()].filter(({ isIgnored }) => !isIgnored).length;
  if (alice && alice.rc <= counted)
    return { test, outcome: "pass", rawStatus: "OK", labels: { cli } };
  const why = alice
    ? `Alice counts ${alice.rc} failures, and ${counted} are told`
    : "its end is not told";
  return { test, outcome: "inconclusive", message: why, labels: { cli } };
}

/** Bob, the proxy and the server under test are judged once for the whole run. */
const checked = ({ what, rc }: Check): Part => ({
  test: longName(`check: ${what}`),
  outcome: rc === 0 ? "pass" : "fail",
  rawStatus: `rc=${rc}`,
});

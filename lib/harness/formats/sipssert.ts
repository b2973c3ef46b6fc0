import type { Outcome } from "@/lib/results/schema";
import { keepWhatCan, mentionOf } from "../evidence/kept";
import { FormatError } from "../failure";
import { sha256 } from "../identity";
import {
  type Draft,
  defined,
  type LogPart,
  logFrom,
  longName,
  messageFrom,
  type Reading,
} from "./draft";
import { type JunitCase, readJunitCases } from "./junit-cases";
import { Names } from "./names";
import {
  readSipssertLogs,
  type SipssertLogs,
  type SipssertScenario,
  type SipssertTask,
  sumOfScenarios,
} from "./sipssert-logs";
import { SIPSSERT_STATES, type SipssertState, sipssertState } from "./sipssert-words";
import { type Source, streamOf } from "./source";

export type RoleOf = (task: string) => string | undefined;

/** A scenario as the report tells it, as its tasks' files tell it, or both. */
type Told = {
  readonly set: string;
  readonly name: string;
  readonly state: SipssertState;
  readonly durationMs: number | undefined;
  readonly startedAt: number;
  readonly scenario: SipssertScenario | undefined;
};
type Captures = Awaited<ReturnType<typeof capturesOf>>;

/** What was pushed of a scenario while SIPssert still ran. */
export type Live = { readonly id: string; readonly outcome: Outcome };
export const scenarioKey = ({ set, name }: { set: string; name: string }) => `${set}/${name}`;

/**
 * A folder of logs: outcomes from report.xml, the reasons from the tasks' files. Of what was pushed
 * `live` only that is told again which the report corrects.
 */
export async function readSipssert(
  source: Source,
  roleOf: RoleOf,
  live: ReadonlyMap<string, Live> = new Map(),
): Promise<Reading> {
  const logs = await readSipssertLogs(source.path);
  const begun = logs.startedAt ?? Date.parse(source.changedAt);
  const { cases, sum } = await readReport(logs);
  if (cases.length + logs.scenarios.length === 0) {
    throw new FormatError(
      "There is neither a report.xml nor a scenario with tasks in this folder.",
    );
  }
  const told = logs.report
    ? fromReport(cases, logs, begun)
    : logs.scenarios.map((scenario) => fromTasks(scenario, begun));
  const names = new Names();
  for (const { name, set } of told) names.note({ name, owner: set });
  const captures = await capturesOf(logs.scenarios);
  const report = await keepWhatCan(logs.report ? [logs.report] : [], "report");
  return {
    format: "sipssert",
    runner: "SIPssert",
    files: [{ name: logs.name, sha256: sumOfScenarios(logs.scenarios, sum) }],
    startedAt: new Date(begun).toISOString(),
    warnings: [...warningsOf(logs), ...captures.problems, ...report.problems],
    captures: [...captures.files, ...report.files],
    items: () =>
      told.flatMap((one) => {
        const test = names.of({ name: one.name, owner: one.set });
        const draft = withCaptures(draftOf(one, test, roleOf), captures, one.scenario);
        const before = live.get(scenarioKey(one));
        if (before === undefined) return [draft];
        return before.outcome === draft.outcome ? [] : [{ ...draft, supersedes: before.id }];
      }),
  };
}

/** One finished scenario by itself, while SIPssert still runs. */
export async function readScenarioAlone(
  scenario: SipssertScenario,
  logs: SipssertLogs,
  roleOf: RoleOf,
): Promise<Reading> {
  const captures = await capturesOf([scenario]);
  const told = fromTasks(scenario, scenario.changedAt);
  const name = `${logs.name}/${scenario.set}/${scenario.name}`;
  return {
    format: "sipssert",
    runner: "SIPssert",
    files: [
      { name: name.slice(-255), sha256: sha256(name + sumOfScenarios([scenario], undefined)) },
    ],
    startedAt: new Date(told.startedAt).toISOString(),
    warnings: captures.problems,
    captures: captures.files,
    items: () => [withCaptures(draftOf(told, scenario.name, roleOf), captures, scenario)],
  };
}

/** What was captured of each scenario, by its path; what cannot be kept is told. */
async function capturesOf(scenarios: readonly SipssertScenario[]) {
  const found = await keepWhatCan(
    scenarios.flatMap((scenario) => scenario.captures),
    "given",
  );
  return { ...found, byPath: new Map(found.files.map((file) => [file.path, file])) };
}

function withCaptures(
  draft: Draft,
  { byPath }: Captures,
  scenario: SipssertScenario | undefined,
): Draft {
  const files = (scenario?.captures ?? []).flatMap((path) => byPath.get(path) ?? []);
  return files.length === 0 ? draft : { ...draft, evidence: files.map(mentionOf) };
}

async function readReport({ report }: SipssertLogs): Promise<{ cases: JunitCase[]; sum?: string }> {
  if (report === undefined) return { cases: [] };
  const stream = streamOf({ path: report, name: "report.xml", changedAt: "" });
  const cases: JunitCase[] = [];
  for await (const found of readJunitCases(stream.bytes)) cases.push(found);
  return { cases, sum: stream.sum() };
}

/** SIPssert runs one scenario after the other: each begins where those before it ended. */
function fromReport(cases: readonly JunitCase[], logs: SipssertLogs, begun: number): Told[] {
  let elapsed = 0;
  return cases.map((found) => {
    const set = found.classname ?? found.suite;
    const name = found.name ?? "(unnamed)";
    const startedAt = Math.round(begun + elapsed);
    elapsed += found.durationMs ?? 0;
    return {
      set,
      name,
      state: sipssertState(found.verdicts[0]),
      durationMs: found.durationMs,
      startedAt,
      scenario: logs.scenarios.find((one) => one.set === set && one.name === name),
    };
  });
}

/** A scenario passes when all its tasks ended with 0. A time limit cannot be told from a failure here. */
function fromTasks(scenario: SipssertScenario, startedAt: number): Told {
  const { set, name, tasks } = scenario;
  const isKnown = tasks.length > 0 && tasks.every(({ exit }) => exit !== undefined);
  const verdict = tasks.every(({ exit }) => exit === 0) ? "PASS" : "FAIL";
  const state: SipssertState = isKnown ? verdict : "UNKN";
  return { set, name, state, durationMs: undefined, startedAt, scenario };
}

function draftOf(told: Told, test: string, roleOf: RoleOf): Draft {
  const tasks = told.scenario?.tasks ?? [];
  const failed = tasks.filter(({ exit }) => exit !== 0);
  const seen = tasks.flatMap(({ name, exit }) => {
    const role = roleOf(name);
    return role === undefined ? [] : [{ role, observed: exitWord(exit) }];
  });
  return defined({
    test: longName(test),
    outcome: SIPSSERT_STATES[told.state],
    rawStatus: told.state,
    startedAt: new Date(told.startedAt).toISOString(),
    durationMs: told.durationMs,
    message: messageFrom(failed.map(({ name, exit }) => `${name}: ${exitWord(exit)}`).join(", ")),
    log:
      told.state === "PASS"
        ? undefined
        : logFrom((failed.length > 0 ? failed : tasks).map(logPart)),
    seen: seen.length > 0 ? seen : undefined,
  });
}

const exitWord = (exit: number | undefined) =>
  exit === undefined ? "did not end" : `exit ${exit}`;
const logPart = ({ name, log }: SipssertTask): LogPart => ({
  title: `${name}.log`,
  text: log.trimEnd(),
  keep: "tail",
});

function warningsOf({ report, brokenSets }: SipssertLogs): string[] {
  const sets = brokenSets.map(
    ({ set, tasks }) =>
      `${set}: its set-up failed (${tasks.map(({ name, exit }) => `${name}: ${exitWord(exit)}`).join(", ")}), so its scenarios did not run.`,
  );
  const noReport =
    "There is no report.xml (sipssert --junit-xml): outcomes come from the tasks' exit codes, and a timeout shows as fail.";
  return report === undefined ? [noReport, ...sets] : sets;
}

import type { Outcome } from "@/lib/results/schema";
import { FormatError } from "../failure";
import { type Draft, defined, logFrom, messageFrom, type Reading } from "./draft";
import { isMoment } from "./moment";
import { type SippTables, sippMetrics } from "./sipp-metrics";
import { parseTable, type Row, sippMoment, sippTable } from "./sipp-tables";
import { type Source, textOf } from "./source";

type Verdict = { readonly outcome: Outcome; readonly why: string };
type Seen = {
  readonly last: Row | undefined;
  /** What SIPp wrote to its error log or to stderr. */
  readonly errors: string;
};

/** SIPp's exit codes (sipp.hpp), but 0, 1 and 255, which say too little by themselves. */
const BY_EXIT: Readonly<Record<number, Verdict>> = {
  97: { outcome: "inconclusive", why: "ended by a command or its -timeout; calls may be missing" },
  99: { outcome: "inconclusive", why: "ended without a call" },
  253: { outcome: "fail", why: "the RTP check failed" },
  254: { outcome: "error", why: "SIPp could not bind its socket" },
};

/** One SIPp run from the files that it leaves: statistics, single times, counts, errors. */
export async function readSipp(
  sources: readonly Source[],
  exitCode: number | undefined,
): Promise<Reading> {
  const files: { name: string; sha256: string }[] = [];
  const tables: Record<string, ReturnType<typeof parseTable>> = {};
  const errors: string[] = [];
  // By name: the order on the command line means nothing, and must not change the ids.
  for (const source of sources.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    const { text, sum } = await textOf(source);
    files.push({ name: source.name, sha256: sum });
    const kind = sippTable(text);
    if (kind === undefined) errors.push(text);
    else if (tables[kind])
      throw new FormatError(`Two files of one kind (${kind}): push each SIPp run by itself.`);
    else tables[kind] = parseTable(text);
  }
  if (!tables.stat && exitCode === undefined) {
    throw new FormatError(
      "Without SIPp's statistics (-trace_stat) only its exit code tells what happened: give --exit-code.",
    );
  }
  return readingOf(sources, files, { tables, errors: errors.join("\n"), exitCode });
}

function readingOf(
  sources: readonly Source[],
  files: Reading["files"],
  {
    tables,
    errors,
    exitCode,
  }: { tables: SippTables; errors: string; exitCode: number | undefined },
): Reading {
  const last = tables.stat?.rows.at(-1);
  const begun = sippMoment(last?.text("StartTime"));
  const changedAt = sources.map((source) => source.changedAt).sort()[0] ?? "";
  const startedAt =
    begun !== undefined && isMoment(begun) ? new Date(begun).toISOString() : changedAt;
  const { outcome, why } = judgeSipp(exitCode, { last, errors });
  // Of no call, or of a run that broke, there is nothing to measure.
  const isMeasured = outcome !== "error" && (last?.number("TotalCallCreated") ?? 1) > 0;
  const metrics = isMeasured ? sippMetrics(tables) : [];
  const draft: Draft = defined({
    test: scenarioOf(files),
    outcome,
    rawStatus: exitCode === undefined ? undefined : `exit=${exitCode}`,
    startedAt,
    durationMs: durationOf(last),
    message: messageFrom(
      [why, last ? callsOf(last) : "", firstLine(errors)].filter(Boolean).join("; "),
    ),
    log: logFrom([{ text: errors.trim(), keep: "tail" }]),
    metrics: metrics.length > 0 ? metrics : undefined,
  });
  return { format: "sipp", runner: "SIPp", files, startedAt, warnings: [], items: () => [draft] };
}

/**
 * The exit code alone lies: 1 is a failed call and a missing scenario alike; 255 is a time
 * limit and every fatal error.
 */
export function judgeSipp(exitCode: number | undefined, { last, errors }: Seen): Verdict {
  const failed = last?.number("FailedCall(C)") ?? 0;
  const created = last?.number("TotalCallCreated") ?? 0;
  if (exitCode === undefined) return judgeCalls(last, failed, created);
  const known = BY_EXIT[exitCode];
  if (known) return known;
  if (exitCode === 0) {
    return last && created === 0
      ? { outcome: "inconclusive", why: "ended without a call" }
      : { outcome: "pass", why: "" };
  }
  if (exitCode === 1 && failed > 0) return { outcome: "fail", why: "" };
  if (exitCode === 255 && /\btimed out after\b/.test(errors)) {
    return { outcome: "timeout", why: "its time limit (-timeout) expired" };
  }
  return { outcome: "error", why: `SIPp ended with ${exitCode} and no call is told as failed` };
}

function judgeCalls(last: Row | undefined, failed: number, created: number): Verdict {
  if (failed > 0) return { outcome: "fail", why: "" };
  const open = last?.number("CurrentCall") ?? 0;
  if (created === 0 || open > 0) {
    return { outcome: "inconclusive", why: created === 0 ? "no call was made" : "calls were open" };
  }
  return { outcome: "pass", why: "" };
}

/** `40 calls at 20 CPS in 2.1 s: 39 successful, 1 failed (UnexpectedMessage 1)`. */
function callsOf(last: Row): string {
  const created = last.number("TotalCallCreated") ?? 0;
  const seconds = ((durationOf(last) ?? 0) / 1000).toFixed(1);
  const failed = last.number("FailedCall(C)") ?? 0;
  const causes = CAUSES.flatMap((cause) => {
    const count = last.number(`Failed${cause}(C)`) ?? 0;
    return count > 0 ? [`${cause} ${count}`] : [];
  });
  const because = causes.length > 0 ? ` (${causes.join(", ")})` : "";
  return `calls: ${created} in ${seconds} s, ${last.number("SuccessfulCall(C)") ?? 0} successful, ${failed} failed${because}`;
}

const CAUSES = [
  "CannotSendMessage",
  "MaxUDPRetrans",
  "TcpConnect",
  "TcpClosed",
  "UnexpectedMessage",
  "CallRejected",
  "CmdNotSent",
  "RegexpDoesntMatch",
  "RegexpShouldntMatch",
  "RegexpHdrNotFound",
  "OutboundCongestion",
  "TimeoutOnRecv",
  "TimeoutOnSend",
  "TestDoesntMatch",
  "TestShouldntMatch",
  "StrcmpDoesntMatch",
  "StrcmpShouldntMatch",
] as const;

function durationOf(last: Row | undefined): number | undefined {
  const begun = sippMoment(last?.text("StartTime"));
  const ended = sippMoment(last?.text("CurrentTime"));
  return begun === undefined || ended === undefined ? undefined : Math.max(0, ended - begun);
}

/** An error line without its date, which is told as the start already. */
function firstLine(errors: string): string {
  const lines = errors.split(ENTRY);
  return lines.find((line) => line.trim() !== "" && !BORING.test(line)) ?? "";
}
// The error log runs its entries together: each begins with a moment of three cells.
const ENTRY = /\n|\d{4}-\d\d-\d\d\t[\d:.]+\t[\d.]+: /;
const BORING = /^(Resolving remote host|The following events occurred|There were more errors)/;

/** `uac_5292_.csv`, `uac_5292_rtt.csv`: SIPp names its files after scenario and process. */
function scenarioOf(files: Reading["files"]): string {
  const [first] = files;
  const name = (first?.name ?? "sipp").replace(/\.[a-z]+$/i, "");
  return name.replace(/_(\d+_?)?(statistics|stat|rtt|counts|errors|error)?$/, "") || name;
}

import type { Metric } from "@/lib/results/schema";
import { type Row, sippSpan, type Table } from "./sipp-tables";

/** Names of the measurement library for the timers that scenarios call so (`start_rtd="srd"`). */
const TIMERS: Readonly<Record<string, string>> = {
  srd: "session_request_delay",
  pdd: "post_dial_delay",
  sdd: "session_disconnect_delay",
  rrd: "registration_request_delay",
  call: "invite_to_200_delay",
};
const PERCENTILES = [
  ["p50", 0.5],
  ["p95", 0.95],
  ["max", 1],
] as const;

export type SippTables = { readonly stat?: Table; readonly rtt?: Table; readonly counts?: Table };

/**
 * What SIPp measured, with its own place as the vantage point: rates and calls of the last row,
 * cumulative; the mean of each timer as SIPp keeps it; percentiles from the single times.
 */
export function sippMetrics(tables: SippTables): Metric[] {
  const { stat, rtt, counts } = tables;
  const times = timesByTimer(rtt);
  const conditions = loadConditions(stat?.rows ?? []);
  return [
    ...callMetrics(stat?.rows ?? []),
    ...retransmissions(stat?.rows.at(-1), counts),
    ...meanTimers(stat, times),
    ...percentiles(times),
  ].map((metric) => withConditions(metric, conditions));
}

function withConditions(metric: Metric, load: Record<string, string>): Metric {
  const conditions = { ...load, ...metric.conditions };
  const isTold = Object.keys(conditions).length > 0;
  return { ...metric, ...(isTold ? { conditions } : {}), vantage: "generator" };
}

/** The rate that was asked for, and the number of calls. */
function loadConditions(rows: readonly Row[]): Record<string, string> {
  const rate = rows.map((row) => row.number("TargetRate")).find((asked) => asked);
  const calls = rows.at(-1)?.number("TotalCallCreated");
  return {
    ...(rate === undefined ? {} : { rate: `${rate} CPS` }),
    ...(calls === undefined ? {} : { calls: String(calls) }),
  };
}

function callMetrics(rows: readonly Row[]): Metric[] {
  const last = rows.at(-1);
  if (!last) return [];
  const peak = Math.max(0, ...rows.map((row) => row.number("CurrentCall") ?? 0));
  return [
    metric("call_rate_achieved", last.number("CallRate(C)"), "CPS"),
    metric("successful_calls", last.number("SuccessfulCall(C)"), "calls"),
    metric("failed_calls", last.number("FailedCall(C)"), "calls"),
    metric("concurrent_calls_peak", peak, "calls"),
  ].flat();
}

const metric = (name: string, value: number | undefined, unit: string): Metric[] =>
  value === undefined ? [] : [{ name, value, unit }];

/** As a share of the requests that can be repeated, where the counts tell those: ACK is not one. */
function retransmissions(last: Row | undefined, counts: Table | undefined): Metric[] {
  const repeated = last?.number("Retransmissions(C)");
  if (repeated === undefined) return [];
  const row = counts?.rows.at(-1);
  const requests = (counts?.columns ?? [])
    .filter((name) => name.endsWith("_Sent"))
    .filter((name) => counts?.columns.includes(name.replace(/_Sent$/, "_Timeout")))
    .reduce((sum, name) => sum + (row?.number(name) ?? 0), 0);
  if (requests === 0) return [{ name: "retransmitted_messages", value: repeated, unit: "count" }];
  return [
    {
      name: "retransmissions",
      value: Math.round((repeated / requests) * 10_000) / 100,
      unit: "%",
      conditions: { requests: String(requests), retransmitted: String(repeated) },
    },
  ];
}

/** Columns such as `ResponseTimesrd(C)`, `ResponseTimesrdStDev(C)` and its repartition. */
function meanTimers(stat: Table | undefined, times: Times): Metric[] {
  const last = stat?.rows.at(-1);
  if (!stat || !last) return [];
  return stat.columns.flatMap((column): Metric[] => {
    const key = /^ResponseTime(?!Repartition)(.+?)(?<!StDev)\(C\)$/.exec(column)?.[1];
    const value = sippSpan(last.text(column));
    if (key === undefined || value === undefined) return [];
    const repeats = repartition(stat, last, key) ?? times.get(key)?.length ?? 0;
    if (repeats === 0) return [];
    const deviation = sippSpan(last.text(`ResponseTime${key}StDev(C)`));
    return [
      { ...timer(key, "mean", value), repeats, ...(deviation === undefined ? {} : { deviation }) },
    ];
  });
}

/** How often a timer was taken, where the scenario has a repartition of it. */
function repartition(stat: Table, last: Row, key: string): number | undefined {
  const columns = stat.columns.filter((name) => name.startsWith(`ResponseTimeRepartition${key}_`));
  if (columns.length === 0) return undefined;
  return columns.reduce((sum, name) => sum + (last.number(name) ?? 0), 0);
}

const timer = (key: string, statistic: string, value: number): Metric => ({
  name: (TIMERS[key] ?? `response_time_${key}`).slice(0, 64),
  value,
  unit: "ms",
  conditions: { statistic },
});

type Times = ReadonlyMap<string, number[]>;

function timesByTimer(rtt: Table | undefined): Times {
  const times = new Map<string, number[]>();
  for (const row of rtt?.rows ?? []) {
    const time = row.number("response_time_ms");
    const key = row.text("rtd_no");
    if (time === undefined || key === undefined) continue;
    const known = times.get(key);
    if (known) known.push(time);
    else times.set(key, [time]);
  }
  return times;
}

/** By nearest rank: every figure is a time that was measured. */
function percentiles(times: Times): Metric[] {
  return [...times].flatMap(([key, values]) => {
    const sorted = values.toSorted((a, b) => a - b);
    return PERCENTILES.map(([statistic, share]) => ({
      ...timer(key, statistic, sorted[Math.ceil(share * sorted.length) - 1] ?? 0),
      repeats: sorted.length,
    }));
  });
}

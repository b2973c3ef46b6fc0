// SIPp 3.6.1's statistics and response time files, read by column name, last row, cumulative.

const COUNTS = [
  ["call_rate_achieved", "CallRate(C)", "CPS"],
  ["failed_calls", "FailedCall(C)", "calls"],
];
const TIMERS = {
  srd: "session_request_delay",
  sdd: "session_disconnect_delay",
  call: "invite_to_200_delay",
};

const table = (text) => {
  const [head, ...rows] = text
    .trim()
    .split("\n")
    .map((line) => line.split(";"));
  return rows.map((row) => {
    const cell = (name) => {
      const at = head.indexOf(name);
      if (at < 0) throw new Error(`No column ${name}`);
      return row[at];
    };
    /** The sum of a histogram's columns. */
    const sum = (prefix) =>
      head.reduce((total, name, at) => total + (name.startsWith(prefix) ? Number(row[at]) : 0), 0);
    return Object.assign(cell, { sum });
  });
};
/** A moment is written three times in one cell: day, time and seconds since 1970. */
const millis = (cell) => Math.round(Number(cell.split("\t").at(-1)) * 1e3);
/** HH:MM:SS:uuuuuu */
const spanMs = (cell) => {
  const [hours, minutes, seconds, micros] = cell.split(":").map(Number);
  return ((hours * 60 + minutes) * 60 + seconds) * 1e3 + micros / 1e3;
};
const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
const nearestRank = (sorted, share) => sorted[Math.ceil(share * sorted.length) - 1];

export function readSipp(stat, rtt) {
  const rows = table(stat);
  const last = rows.at(-1);
  const number = (name) => Number(last(name));
  const created = number("TotalCallCreated");
  const starting = rows.filter((row) => Number(row("OutgoingCall(P)")) > 0);
  const repeated = number("Retransmissions(C)");
  return {
    asked: number("TargetRate") || Number(rows[0]("TargetRate")),
    calls: created,
    failed: number("FailedCall(C)"),
    steady: Math.round(median(starting.map((row) => Number(row("CallRate(P)")))) * 100) / 100,
    startedAt: new Date(millis(last("StartTime"))).toISOString(),
    durationMs: millis(last("CurrentTime")) - millis(last("StartTime")),
    counts: [
      ...COUNTS.map(([name, column, unit]) => ({ name, value: number(column), unit })),
      {
        name: "retransmissions",
        value: Math.round((repeated / (2 * created)) * 1e4) / 100,
        unit: "%",
        conditions: { retransmitted: String(repeated), requests: String(2 * created) },
      },
    ],
    timer: (key) => timer(last, rtt, key),
  };
}

function timer(last, rtt, key) {
  const name = TIMERS[key];
  const times = table(rtt)
    .filter((row) => row("rtd_no") === key)
    .map((row) => Number(row("response_time_ms")))
    .toSorted((a, b) => a - b);
  const figure = (statistic, value) => ({
    name,
    value,
    unit: "ms",
    repeats: times.length,
    conditions: { statistic },
  });
  return [
    {
      name,
      value: spanMs(last(`ResponseTime${key}(C)`)),
      unit: "ms",
      repeats: last.sum(`ResponseTimeRepartition${key}_`),
      deviation: spanMs(last(`ResponseTime${key}StDev(C)`)),
      conditions: { statistic: "mean" },
    },
    figure("p50", nearestRank(times, 0.5)),
    figure("p95", nearestRank(times, 0.95)),
    figure("max", times.at(-1)),
  ];
}

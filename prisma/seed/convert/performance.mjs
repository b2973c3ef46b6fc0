// Recorded SIPp runs -> prisma/seed/loopback/runs/performance.
//
//   node prisma/seed/convert/performance.mjs SAMPLES/perf && npx biome format --write prisma/seed/loopback
import { openSamples, writeProvenance, writeRuns } from "./samples.mjs";
import { readSipp } from "./sipp-figures.mjs";

const samples = openSamples();
const SHORT = "under less than the common conditions: once, no warm-up, not 60 s";
const GENERATOR = { role: "generator", entry: "sipp-load", build: "3.6.1" };
const SINK = { role: "sink", entry: "sipp-load", build: "3.6.1" };
const TARGET = { role: "target", entry: "kamailio-proxy", build: "5.6.3" };

const words = (sipp) =>
  `${sipp.calls} calls at ${sipp.asked} CPS in ${(sipp.durationMs / 1e3).toFixed(1)} s, ${sipp.failed} failed`;
const GENERATOR_LIMIT = "The self-test covered 20 CPS, so it vouches for 10.";

/** [test, run, attempt, parties, variant, outcome, figures, message] */
const rows = [
  {
    test: "PERF-01",
    run: "direct-20cps",
    parties: [GENERATOR, SINK],
    figures: (sipp) => [...sipp.counts],
    message: (sipp) => `${words(sipp)}; rate in steady state ${sipp.steady} CPS. Valid ${SHORT}.`,
  },
  {
    test: "PERF-01",
    run: "direct-rr-20cps",
    attempt: 2,
    parties: [GENERATOR, SINK],
    figures: (sipp) => [...sipp.counts, ...sipp.timer("srd")],
    message: (sipp) =>
      `${words(sipp)}; rate in steady state ${sipp.steady} CPS, own scenario with named timers. Valid ${SHORT}.`,
  },
  {
    test: "PERF-02",
    run: "via-kamailio-100cps",
    parties: [GENERATOR, TARGET, SINK],
    outcome: "inconclusive",
    figures: (sipp) => [...sipp.counts],
    message: (sipp) =>
      `${words(sipp)}. Two fixed rates were run, no search: the highest rate was not looked for. ${GENERATOR_LIMIT}`,
  },
  ...["via-kamailio-20cps", "via-kamailio-100cps"].flatMap((run, at) => [
    {
      test: "PERF-03",
      run,
      attempt: at + 1,
      parties: [GENERATOR, TARGET, SINK],
      figures: (sipp) => [...sipp.timer("srd"), ...sipp.timer("call")],
      message: (sipp) => `${words(sipp)}. Valid ${SHORT}. ${GENERATOR_LIMIT}`,
    },
    {
      test: "PERF-04",
      run,
      attempt: at + 1,
      parties: [GENERATOR, TARGET],
      figures: (sipp) => sipp.timer("sdd"),
      message: (sipp) => `${words(sipp)}. Valid ${SHORT}. ${GENERATOR_LIMIT}`,
    },
  ]),
  {
    test: "PERF-08",
    run: "via-kamailio-loss5",
    variant: { loss: "5" },
    parties: [GENERATOR, TARGET, SINK],
    conditions: { loss: "5 %, lost at the generator" },
    extra: ["via-kamailio-loss5.tshark-sip-stat.txt"],
    figures: (sipp) => [
      ...sipp.counts,
      ...sipp.timer("srd"),
      ...sipp.timer("call"),
      ...sipp.timer("sdd"),
      ...captured(samples.text("via-kamailio-loss5.tshark-sip-stat.txt")),
    ],
    message: (sipp) =>
      `${words(sipp)}, 5 % of the messages lost at the generator. Valid ${SHORT}; the distances of the retransmissions were not kept.`,
  },
];

/** tshark counts what it sees on both hops: other figures than the generator's, and as right. */
function captured(text) {
  const figure = (pattern) => Number(pattern.exec(text)[1]);
  const vantage = "capture on loopback, both hops";
  return [
    {
      name: "resent_messages",
      value: figure(/resent SIP messages: (\d+)/),
      unit: "count",
      vantage,
    },
    ...[
      ["mean", /Average setup time (\d+) ms/],
      ["min", /Min (\d+) ms/],
      ["max", /Max (\d+) ms/],
    ].map(([statistic, pattern]) => ({
      name: "call_setup_time",
      value: figure(pattern),
      unit: "ms",
      conditions: { statistic },
      vantage,
    })),
  ];
}

function itemOf(row) {
  const files = ["stat.csv", "rtt.csv", "exit.txt"].map((end) => `${row.run}.${end}`);
  const [stat, rtt, exit] = files.map(samples.text);
  const sipp = readSipp(stat, rtt);
  const conditions = { rate: `${sipp.asked} CPS`, calls: String(sipp.calls), ...row.conditions };
  return {
    reporter: "neutral",
    files: [...files, ...(row.extra ?? [])],
    test: row.test,
    variant: row.variant ?? {},
    attempt: row.attempt ?? 1,
    parties: row.parties,
    outcome: row.outcome ?? "degraded",
    rawStatus: exit.trim().split(" ").at(-1),
    startedAt: sipp.startedAt,
    durationMs: sipp.durationMs,
    message: row.message(sipp),
    metrics: row.figures(sipp).map((metric) => ({
      ...metric,
      conditions: { ...conditions, ...metric.conditions },
      vantage: metric.vantage ?? "generator",
    })),
    labels: { run: row.run, rate: `${sipp.asked} CPS` },
    exchange: row.run,
  };
}

const items = rows.map(itemOf);
writeRuns(
  samples,
  {
    track: "performance",
    name: "calls",
    runner: "SIPp 3.6.1 as caller and called side",
    environment: {
      host: "Debian 12, 2 cores, all programs on it",
      ip: "v4",
      network: "loopback",
      transport: "udp",
      media: "none",
    },
  },
  items,
);
writeProvenance(
  samples,
  {
    track: "performance",
    converter: "prisma/seed/convert/performance.mjs",
    ranOn: "2026-11-22",
    host: "Debian 12, 2 cores, loopback interface; generator, target and sink share the two cores",
    tools: [
      {
        name: "sipp",
        version: "3.6.1",
        note: "rounds response times to 1 ms; the RTT file moves in steps of 4 ms",
      },
      {
        name: "kamailio",
        version: "5.6.3",
        note: "stateful proxy with record-route, 2 UDP children, debug=1",
      },
      { name: "tshark", version: "4.0.17", note: "-z sip,stat over the loss run" },
    ],
    clock: ["StartTime in SIPp's statistics; duration to the last row's CurrentTime."],
    judgement: [
      "The outcome says only whether the measurement is valid. All runs are shorter than the catalogue's common conditions (10 to 20 s, once, no warm-up): degraded. A step search was not made: inconclusive.",
      "Counts are SIPp's cumulative columns of the last row. The rate in steady state is the median of the periodic CallRate while calls were being started.",
      "Mean and deviation are SIPp's own over all timed calls (repeats: the sum of its histogram); 50th and 95th percentile and maximum are of the rows in the RTT file (nearest rank), which misses some calls in two runs: repeats says how many rows there were.",
      "retransmissions is Retransmissions(C) / (INVITE and BYE sent) * 100, as the catalogue defines it; SIPp counts repeated ACKs among them.",
      "call is INVITE to 200, srd INVITE to 180, sdd BYE to 200. In the loss run generator and capture give different figures for the same calls: both stand, with their vantage point.",
    ],
    leftOut: [
      "A first attempt with SIPp's built-in caller through the record-routing proxy failed (it builds no route set, so ACK and BYE got 404): a fault of the harness, of which no output was kept.",
      "kamailio-stats.txt: counters of Kamailio over all runs together.",
    ],
  },
  items.flatMap(({ files }) => files),
);

import type { Outcome } from "@/lib/results/schema";
import type { DownloadHead, Told } from "./schema";

/** A file of results that is written as its results are read. */
export type Writer = {
  readonly type: string;
  readonly begin: (head: DownloadHead) => string;
  readonly one: (told: Told, isFirst: boolean, head: DownloadHead) => string;
  readonly end: (counts: Counts, head: DownloadHead) => string;
};

export type Counts = Partial<Record<Outcome, number>>;

/**
 * Each form tells a result in its own words, for other tools, and carries the whole item as it was pushed:
 * that is what our own agent reads back (docs/agent.md, "Reading a download back").
 */
export const NDJSON: Writer = {
  type: "application/x-ndjson; charset=utf-8",
  begin: ({ event, track, generatedAt }) =>
    line({
      plugfest: "1",
      track,
      // Without its last line, which tells how many there were, a file was cut off.
      closed: true,
      source: { format: "plugfest", runner: `plugfest ${event}` },
      startedAt: generatedAt,
    }),
  one: ({ item, kept }) => line({ ...item, kept }),
  end: (counts) => line({ end: { items: sumOf(counts) } }),
};

const line = (value: unknown) => `${JSON.stringify(value)}\n`;
const sumOf = (counts: Counts) => Object.values(counts).reduce((sum, count) => sum + count, 0);

const CTRF_STATUS = {
  pass: "passed",
  degraded: "passed",
  fail: "failed",
  timeout: "failed",
  error: "failed",
  unsupported: "skipped",
  inconclusive: "other",
  skipped: "skipped",
} as const satisfies Record<Outcome, string>;

export const CTRF: Writer = {
  type: "application/json",
  begin: ({ event, track, generatedAt }) => {
    const head = JSON.stringify({
      reportFormat: "CTRF",
      specVersion: "0.0.0",
      timestamp: generatedAt,
      generatedBy: "plugfest",
      extra: { plugfest: { event, track } },
    });
    return `${head.slice(0, -1)},"results":{"tool":{"name":"plugfest"},"tests":[`;
  },
  one: (told, isFirst, { event, track }) =>
    `${isFirst ? "\n" : ",\n"}${JSON.stringify(ctrfTest(told, [event, track]))}`,
  // The counts are known at the end; the order of JSON's fields means nothing.
  end: (counts, { generatedAt }) =>
    `\n],"summary":${JSON.stringify(summaryOf(counts, generatedAt))}}}\n`,
};

function ctrfTest({ item, kept }: Told, suite: string[]) {
  const start = Date.parse(item.startedAt);
  const duration = item.durationMs ?? 0;
  return {
    name: item.test,
    status: CTRF_STATUS[item.outcome],
    duration,
    start,
    stop: Math.round(start + duration),
    suite,
    message: item.message,
    trace: item.log?.excerpt,
    rawStatus: item.rawStatus ?? item.outcome,
    labels: item.labels,
    extra: { plugfest: { item, kept } },
  };
}

function summaryOf(counts: Counts, generatedAt: string) {
  const summary = { tests: 0, passed: 0, failed: 0, skipped: 0, pending: 0, other: 0 };
  for (const [outcome, count] of Object.entries(counts) as [Outcome, number][]) {
    summary[CTRF_STATUS[outcome]] += count;
    summary.tests += count;
  }
  const at = Date.parse(generatedAt);
  return { ...summary, start: at, stop: at };
}

const JUNIT_CHILD = {
  pass: null,
  degraded: null,
  fail: "failure",
  timeout: "failure",
  error: "error",
  unsupported: "skipped",
  inconclusive: "skipped",
  skipped: "skipped",
} as const satisfies Record<Outcome, string | null>;

export const JUNIT: Writer = {
  type: "application/xml; charset=utf-8",
  begin: ({ event, track, generatedAt }) =>
    `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name=${quoted(event)}>\n<testsuite name=${quoted(track)} timestamp=${quoted(generatedAt)}>\n<properties>${property("plugfest.track", track)}</properties>\n`,
  one: ({ item, kept }, _, { track }) => {
    const { test, durationMs, startedAt, outcome, message, log, parties = [], variant = {} } = item;
    const properties = [
      ...parties.map(({ role, entry, build }) => [
        `plugfest.role.${role}`,
        build ? `${entry}@${build}` : entry,
      ]),
      ...Object.entries(variant).map(([key, value]) => [`plugfest.variant.${key}`, value]),
      ["plugfest.reporter", kept.reporter ?? ""],
      ["plugfest.item", asciiJson(item)],
    ].map(([name = "", value = ""]) => property(name, value));
    const child = JUNIT_CHILD[outcome];
    const time = durationMs === undefined ? "" : ` time="${durationMs / 1000}"`;
    return [
      `<testcase classname=${quoted(track)} name=${quoted(test)}${time} timestamp=${quoted(startedAt)}>`,
      `<properties>${properties.join("")}</properties>`,
      child === null
        ? ""
        : `<${child} type=${quoted(outcome)} message=${quoted(message ?? outcome)}/>`,
      log ? `<system-out>${escaped(log.excerpt)}</system-out>` : "",
      "</testcase>\n",
    ].join("");
  },
  end: () => "</testsuite>\n</testsuites>\n",
};

const property = (name: string, value: string) =>
  `<property name=${quoted(name)} value=${quoted(value)}/>`;
const quoted = (text: string) => `"${escaped(text)}"`;

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
};

/** For XML 1.0, which has no way to write most control characters (section 2.2): those become U+FFFD. */
const escaped = (text: string) =>
  text
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "\ufffd")
    .replace(/[&<>"]/g, (sign) => ENTITIES[sign] ?? sign)
    // A reader of XML makes blanks of these in an attribute, and line feeds of the last.
    .replace(/[\t\n\r]/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** JSON in which everything but plain ASCII is written as an escape, so that XML changes nothing of it. */
const asciiJson = (value: unknown) =>
  JSON.stringify(value).replace(
    /[^ -~]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );

/** The file in pieces, one for each page of results. */
export async function* written(
  writer: Writer,
  head: DownloadHead,
  pages: AsyncIterable<readonly Told[]>,
): AsyncGenerator<string> {
  const counts: Counts = {};
  let isFirst = true;
  yield writer.begin(head);
  for await (const page of pages) {
    let piece = "";
    for (const told of page) {
      piece += writer.one(told, isFirst, head);
      isFirst = false;
      counts[told.item.outcome] = (counts[told.item.outcome] ?? 0) + 1;
    }
    if (piece !== "") yield piece;
  }
  yield writer.end(counts, head);
}

import type { Outcome } from "@/lib/results/schema";
import { FormatError } from "../failure";
import {
  type Draft,
  defined,
  type LogPart,
  logFrom,
  longName,
  messageFrom,
  type Reading,
} from "./draft";
import { inBand, testCalled } from "./in-band";
import { Names, type Owned } from "./names";
import { linesIn, refuseChanged, type Source, streamOf } from "./source";
import { type TapPoint, TapReader, type TapTotals, type TapYaml } from "./tap-lines";

/** A failing TODO or SKIP is no failure (TAP 14), and no success either. */
const OUTCOMES = {
  ok: "pass",
  "not ok": "fail",
  "ok skip": "skipped",
  "not ok skip": "skipped",
  "ok todo": "pass",
  "not ok todo": "inconclusive",
} as const satisfies Record<string, Outcome>;

type Leaf = Owned & { readonly point: TapPoint };

/** What a first reading tells of the whole file: its sum, its counts, and which names need their owner. */
type Scan = {
  readonly sum: string;
  readonly totals: TapTotals;
  readonly names: Names;
  leaves: number;
};

/** TAP, read twice like a JUnit report; no more than a point with its subtests is in memory. */
export async function readTap(source: Source): Promise<Reading> {
  const scan = await scanTap(source);
  const { plan, points, bailOut, skipped } = scan.totals;
  if (points === 0 && plan === undefined && bailOut === undefined) {
    throw new FormatError("There is no line of TAP in this file: no plan, no test point.");
  }
  const aborted = shortfall(scan.totals);
  return defined({
    format: "tap",
    files: [{ name: source.name, sha256: scan.sum }],
    plan: { items: scan.leaves + Math.max(0, (plan ?? 0) - points) },
    startedAt: source.changedAt,
    aborted,
    warnings: aborted === undefined ? [] : [aborted],
    items: () => (skipped === undefined ? draftsOf(source, scan) : [skippedFile(source, skipped)]),
  });
}

async function scanTap(source: Source): Promise<Scan> {
  const stream = streamOf(source);
  const reader = new TapReader();
  const names = new Names();
  let leaves = 0;
  for await (const leaf of leavesIn(stream.bytes, reader)) {
    names.note(leaf);
    leaves += 1;
  }
  return { sum: stream.sum(), totals: reader.totals, names, leaves };
}

async function* draftsOf(source: Source, { sum, names }: Scan): AsyncGenerator<Draft> {
  const stream = streamOf(source);
  for await (const leaf of leavesIn(stream.bytes, new TapReader()))
    yield draftOf(leaf.point, names.of(leaf), source);
  refuseChanged(stream, sum);
}

/** Output of one line is noise by then, and a point or a field of YAML is shorter. */
const LONGEST_LINE = 1_048_576;

async function* leavesIn(
  bytes: AsyncIterable<Uint8Array>,
  reader: TapReader,
): AsyncGenerator<Leaf> {
  for await (const line of linesIn(bytes, LONGEST_LINE)) {
    const point = reader.read(line);
    if (point) yield* leavesOf([point], "");
  }
  const last = reader.end();
  if (last) yield* leavesOf([last], "");
}

/** A point decides for its subtests, unless it says of itself that it is a suite (Node's runner). */
function leavesOf(points: readonly TapPoint[], owner: string): Leaf[] {
  return points.flatMap((point): Leaf[] => {
    const own = { name: point.name, owner, point };
    if (!point.subtests || yamlField(point.yaml.lines, "type") !== "suite") return [own];
    const inside = leavesOf(point.subtests, [owner, point.name].filter(Boolean).join(" > "));
    // A suite that failed by itself, for example in its set-up, would otherwise be lost.
    const isExplained = point.isOk || inside.some((leaf) => !leaf.point.isOk);
    return isExplained ? inside : [...inside, own];
  });
}

function draftOf(point: TapPoint, name: string, source: Source): Draft {
  const status = point.isOk ? "ok" : "not ok";
  const key = point.directive
    ? (`${status} ${point.directive}` as const)
    : (status as "ok" | "not ok");
  const notes = point.notes.part;
  const said =
    yamlField(point.yaml.lines, "message") ??
    yamlField(point.yaml.lines, "error") ??
    notes.text.replace(/^#\s*/gm, "");
  const own = inBand(point.told);
  return defined({
    startedAt: source.changedAt,
    ...own,
    ...testCalled(longName(name), own),
    outcome: OUTCOMES[key],
    rawStatus: point.directive ? `${status} # ${point.directive.toUpperCase()}` : status,
    durationMs: durationOf(point.yaml.lines),
    message: messageFrom(point.reason || (point.isOk ? undefined : said)),
    log: logFrom([
      diagnosticsOf(point.yaml),
      { title: "steps", text: steps(point.subtests), keep: "head" },
      { title: "output", ...notes },
    ]),
  });
}

const diagnosticsOf = ({ lines, isCut }: TapYaml): LogPart => ({
  title: "diagnostics",
  text: lines.filter(isTelling).join("\n"),
  isCut,
  keep: "head",
});

const isTelling = (line: string) => !line.startsWith("duration_ms:");

/** The points of a subtest, one line each. */
function steps(points: readonly TapPoint[] = [], indent = ""): string {
  return points
    .map((point) => {
      const directive = point.directive
        ? ` # ${point.directive.toUpperCase()} ${point.reason}`
        : "";
      const line = `${indent}${point.isOk ? "ok" : "not ok"} - ${point.name}${directive.trimEnd()}`;
      return [line, steps(point.subtests, `${indent}    `)].filter(Boolean).join("\n");
    })
    .join("\n");
}

/** Why the stream stops short, if it does. */
function shortfall({ bailOut, plan, points }: TapTotals): string | undefined {
  if (bailOut !== undefined) return `It bailed out: ${bailOut}`;
  if (plan === undefined) return "It has no plan (1..N), so it may have been cut off.";
  if (points < plan) return `It planned ${plan} tests and has ${points}.`;
  return undefined;
}

const skippedFile = (source: Source, reason: string): Draft => ({
  test: source.name,
  startedAt: source.changedAt,
  outcome: "skipped",
  rawStatus: "1..0",
  message: reason,
});

/**
 * One field of a YAML block: plain, quoted, or a block scalar. TAP's harnesses write nothing more
 * intricate, and what is not understood is in the log.
 */
export function yamlField(lines: readonly string[], key: string): string | undefined {
  const at = lines.findIndex((line) => line.startsWith(`${key}:`));
  const value = lines[at]?.slice(key.length + 1).trim();
  if (value === undefined) return undefined;
  if (!/^[|>]/.test(value)) return unquote(value);
  const rest = lines.slice(at + 1);
  const end = rest.findIndex((line) => line !== "" && !line.startsWith(" "));
  return rest
    .slice(0, end < 0 ? rest.length : end)
    .map((line) => line.trim())
    .join("\n")
    .trim();
}

function unquote(value: string): string {
  if (/^'.*'$/s.test(value)) return value.slice(1, -1).replaceAll("''", "'");
  return /^".*"$/s.test(value) ? value.slice(1, -1).replace(/\\(["\\])/g, "$1") : value;
}

function durationOf(yaml: readonly string[]): number | undefined {
  const ms = Number(yamlField(yaml, "duration_ms"));
  return Number.isFinite(ms) && ms >= 0 && ms <= 1e12 && yamlField(yaml, "duration_ms")
    ? Math.round(ms * 1000) / 1000
    : undefined;
}

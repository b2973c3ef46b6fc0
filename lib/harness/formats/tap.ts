import type { Outcome } from "@/lib/results/schema";
import { FormatError } from "../failure";
import { type Draft, defined, logFrom, longName, messageFrom, type Reading } from "./draft";
import { inBand, testCalled } from "./in-band";
import { Names, type Owned } from "./names";
import { type Source, textOf } from "./source";
import { parseTap, type TapBlock, type TapPoint } from "./tap-lines";

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

export async function readTap(source: Source): Promise<Reading> {
  const { text, sum } = await textOf(source);
  const block = parseTap(text);
  if (block.points.length === 0 && block.plan === undefined && block.bailOut === undefined) {
    throw new FormatError("There is no line of TAP in this file: no plan, no test point.");
  }
  const leaves = leavesOf(block, "");
  const drafts = draftsOf(leaves, source);
  const aborted = shortfall(block);
  return defined({
    format: "tap",
    files: [{ name: source.name, sha256: sum }],
    plan: { items: leaves.length + Math.max(0, (block.plan ?? 0) - block.points.length) },
    startedAt: source.changedAt,
    aborted,
    warnings: aborted === undefined ? [] : [aborted],
    items: () => (block.skipped === undefined ? drafts : [skippedFile(source, block.skipped)]),
  });
}

/** A point decides for its subtests, unless it says of itself that it is a suite (Node's runner). */
function leavesOf(block: TapBlock, owner: string): Leaf[] {
  return block.points.flatMap((point): Leaf[] => {
    const own = { name: point.name, owner, point };
    if (!point.subtests || yamlField(point.yaml, "type") !== "suite") return [own];
    const inside = leavesOf(point.subtests, [owner, point.name].filter(Boolean).join(" > "));
    // A suite that failed by itself, for example in its set-up, would otherwise be lost.
    const isExplained = point.isOk || inside.some((leaf) => !leaf.point.isOk);
    return isExplained ? inside : [...inside, own];
  });
}

function draftsOf(leaves: readonly Leaf[], source: Source): Draft[] {
  const names = new Names();
  for (const leaf of leaves) names.note(leaf);
  return leaves.map((leaf) => draftOf(leaf.point, names.of(leaf), source));
}

function draftOf(point: TapPoint, name: string, source: Source): Draft {
  const status = point.isOk ? "ok" : "not ok";
  const key = point.directive
    ? (`${status} ${point.directive}` as const)
    : (status as "ok" | "not ok");
  const notes = point.notes.part;
  const said =
    yamlField(point.yaml, "message") ??
    yamlField(point.yaml, "error") ??
    notes.text.replace(/^#\s*/gm, "");
  const own = inBand(point.told);
  return defined({
    startedAt: source.changedAt,
    ...own,
    ...testCalled(longName(name), own),
    outcome: OUTCOMES[key],
    rawStatus: point.directive ? `${status} # ${point.directive.toUpperCase()}` : status,
    durationMs: durationOf(point.yaml),
    message: messageFrom(point.reason || (point.isOk ? undefined : said)),
    log: logFrom([
      { title: "diagnostics", text: point.yaml.filter(isTelling).join("\n"), keep: "head" },
      { title: "steps", text: steps(point.subtests), keep: "head" },
      { title: "output", ...notes },
    ]),
  });
}

const isTelling = (line: string) => !line.startsWith("duration_ms:");

/** The points of a subtest, one line each. */
function steps(block: TapBlock | undefined, indent = ""): string {
  return (block?.points ?? [])
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
function shortfall({ bailOut, plan, points }: TapBlock): string | undefined {
  if (bailOut !== undefined) return `It bailed out: ${bailOut}`;
  if (plan === undefined) return "It has no plan (1..N), so it may have been cut off.";
  if (points.length < plan) return `It planned ${plan} tests and has ${points.length}.`;
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

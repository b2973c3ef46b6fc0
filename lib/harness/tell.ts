import { groupBy } from "@/lib/core/group";
import type { Receipt } from "@/lib/runs/schema";
import { type Output, plural } from "./output";
import { fieldOf, type Rejection } from "./spool/rejected";
import type { Counts } from "./spool/settled";
import type { SpooledRun } from "./spool/spool";

export type Delivery = {
  readonly counts: Counts;
  readonly rejections: readonly Rejection[];
  /** How many files of evidence the server did not take. */
  readonly refusedFiles: number;
  /** Where the rejected items are kept. */
  readonly rejectedFile: string | undefined;
  /** Absent when the run itself was refused. */
  readonly receipt: Receipt | undefined;
};

const SHOWN = 10;
const AGAIN =
  "\n  Are those in conflict new results in a file of the same bytes? Then push it with --again.";

/** What a reader of formats found worth telling. */
export function tellWarnings(
  output: Output,
  label: string,
  { id, warnings }: { id: string; warnings: readonly string[] },
) {
  for (const message of warnings) {
    output.warn({ event: "warning", run: id, label, message }, `${label}: ${message}`);
  }
}

/** What became of a run: one line of numbers, then each kind of trouble once. */
export function tellDelivery(output: Output, run: SpooledRun, delivery: Delivery) {
  const { counts, rejections, rejectedFile, receipt } = delivery;
  for (const rejection of rejections) tellRejection(output, run, rejection);
  const trouble = rejections.length - counts.rejected - counts.conflict;
  output.tell(
    { event: "finished", run: run.id, label: run.label, ...counts, rejectedFile, receipt },
    `${run.label}: ${sentenceOf(counts, trouble)}`,
  );
  if (rejectedFile) {
    output.warn(
      { event: "warning", run: run.id, message: "rejected", rejectedFile },
      `${reasons(rejections)}\n  Kept in ${rejectedFile}: mend it, then push it.${counts.conflict > 0 ? AGAIN : ""}`,
    );
  }
  tellDiscarded(output, run);
  if (receipt) tellMissing(output, run, receipt);
}

function tellRejection(output: Output, run: SpooledRun, { item, status, problem }: Rejection) {
  output.tell({
    event: "rejected",
    run: run.id,
    item: fieldOf(item, "id"),
    test: fieldOf(item, "test"),
    status,
    code: problem.code,
    pointer: problem.pointer,
    detail: problem.detail,
  });
}

/** `12 accepted, 3 duplicate`; what is nought is left out. `here` were refused before sending. */
function sentenceOf(counts: Counts, here: number): string {
  const parts = [
    [counts.accepted, "accepted"],
    [counts.duplicate, "already there"],
    [counts.conflict, "in conflict"],
    [counts.rejected, "rejected"],
    [here, "refused before sending"],
  ] as const;
  const said = parts
    .filter(([count]) => count > 0)
    .map(([count, word]) => `${plain(count)} ${word}`);
  const unmapped =
    counts.unmapped > 0
      ? `; ${plural(counts.unmapped, "has a test name", "have test names")} that a lead has yet to map`
      : "";
  return (said.join(", ") || "nothing to send") + unmapped;
}

const plain = (count: number) => count.toLocaleString("en");

/** Equal reasons once, with their number and the first test they hit. */
function reasons(rejections: readonly Rejection[]): string {
  const groups = groupBy(rejections, ({ problem }) => problem.detail);
  const lines = [...groups].slice(0, SHOWN).map(([detail, group]) => {
    const [first] = group;
    const pointer = first?.problem.pointer.replace(/^\/items\/\d+/, "");
    const test = fieldOf(first?.item, "test") ?? "(no test)";
    const others = group.length > 1 ? ` and ${plural(group.length - 1, "other")}` : "";
    return `  ${test}${others}: ${detail}${pointer ? ` (${pointer})` : ""}`;
  });
  const hidden = groups.size - lines.length;
  return [...lines, ...(hidden > 0 ? [`  and ${plural(hidden, "other reason")}`] : [])].join("\n");
}

const DISCARDED: Readonly<Record<string, string>> = {
  log: "log excerpt",
  evidence: "file of evidence",
};

function tellDiscarded(output: Output, run: SpooledRun) {
  for (const { reason, category, quantity } of run.discarded) {
    output.warn(
      { event: "warning", run: run.id, message: reason, category, quantity },
      `${run.label}: the spool was full, so ${plural(quantity, DISCARDED[category] ?? category)} were left out. Every outcome was kept.`,
    );
  }
}

function tellMissing(output: Output, run: SpooledRun, { missing, planned, truncated }: Receipt) {
  if (truncated && missing.length === 0) {
    output.warn(
      { event: "warning", run: run.id, message: "truncated", planned },
      `${run.label}: the run stopped short of the ${planned} results that it planned.`,
    );
  }
  if (missing.length === 0) return;
  const shown = missing.slice(0, SHOWN).join(", ");
  const more = missing.length > SHOWN ? ` and ${plural(missing.length - SHOWN, "other")}` : "";
  output.warn(
    { event: "warning", run: run.id, message: "missing", missing },
    `${run.label}: the server still misses ${shown}${more}.`,
  );
}

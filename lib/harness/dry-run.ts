import { EXIT, type ExitCode } from "./failure";
import { type Output, plural } from "./output";
import type { Prepared } from "./run";
import { fieldOf } from "./spool/rejected";
import { tellWarnings } from "./tell";

const SHOWN = 40;

/** Shows what a push would send. Asks no server, so it knows nothing of tests and entries. */
export async function dryRun(
  output: Output,
  label: string,
  { id, run, state, warnings, judged }: Prepared,
): Promise<ExitCode> {
  const outcomes = new Map<string, number>();
  let items = 0;
  let refused = 0;
  for await (const one of judged()) {
    items += 1;
    const isShown = items <= SHOWN;
    if ("problem" in one) {
      refused += 1;
      const { pointer, detail } = one.problem;
      const test = fieldOf(one.refused, "test") ?? "(no test)";
      output.warn(
        { event: "rejected", run: id, item: fieldOf(one.refused, "id"), test, ...one.problem },
        `  would be refused: ${test}: ${detail} (${pointer || "/"})`,
      );
      continue;
    }
    const { outcome, test, attempt } = one.item;
    outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
    const line = `  ${outcome.padEnd(12)} ${test}${attempt > 1 ? ` (attempt ${attempt})` : ""}`;
    output.tell({ event: "item", run: id, item: one.item }, isShown ? line : undefined);
  }
  const told = [...outcomes].map(([outcome, count]) => `${count} ${outcome}`).join(", ");
  const hidden = items > SHOWN ? ` (the first ${SHOWN} shown; --json shows all)` : "";
  output.tell(
    {
      event: "read",
      label,
      run: id,
      manifest: run,
      state,
      items,
      outcomes: Object.fromEntries(outcomes),
    },
    `${label}: ${plural(items, "result")} for ${run.track}, read as ${run.source.format}: ${told}${hidden}. Nothing was sent.`,
  );
  tellWarnings(output, label, { id, warnings });
  return refused > 0 ? EXIT.rejected : EXIT.ok;
}

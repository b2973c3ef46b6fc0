import { groupBy } from "@/lib/core/group";
import { OUTCOME_SIGNS } from "@/lib/outcomes/rules";
import { CAUSE_WORDS } from "@/lib/rulings/rules";
import type { CellFact, DayFacts } from "./schema";

/** A day as a note in Markdown, for its lead to make sentences of. It claims what was confirmed, and no more. */
export function draftNote({ confirmed, settled, disputed, fixed }: DayFacts): string {
  const parts = [
    listed("Confirmed", byTest(confirmed)),
    listed("Settled by the lead", settled.map(settledLine)),
    listed("Fixed", fixed.map(fixedLine)),
  ].filter((part) => part !== "");
  const open =
    disputed > 0
      ? `${disputed} ${disputed === 1 ? "cell was" : "cells were"} disputed at the end of the day.`
      : "";
  if (parts.length === 0) return open || "Nothing was confirmed on this day.";
  return [...parts, ...(open ? [open] : [])].join("\n\n");
}

const listed = (title: string, lines: readonly string[]) =>
  lines.length === 0 ? "" : `# ${title}\n\n${lines.map((line) => `- ${line}`).join("\n")}`;

/** One line for each test: which outcome between whom. */
const byTest = (cells: readonly CellFact[]): string[] =>
  [...groupBy(cells, ({ test }) => test)].map(([test, all]) => {
    const outcomes = [...groupBy(all, ({ outcome }) => outcome)].map(
      ([outcome, some]) =>
        `${OUTCOME_SIGNS[outcome].label.toLowerCase()}: ${some.map(between).join("; ")}`,
    );
    return `**${plain(test)}** ${plain(all[0]?.title ?? "")}: ${outcomes.join(". ")}`;
  });

const settledLine = ({ cause, ...cell }: DayFacts["settled"][number]) => {
  const outcome = OUTCOME_SIGNS[cell.outcome].label.toLowerCase();
  const why = cause === null || cause === "unknown" ? "" : ` (cause: ${CAUSE_WORDS[cause]})`;
  return `**${plain(cell.test)}** ${plain(cell.title)}: ${between(cell)}, ${outcome}${why}`;
};

const fixedLine = ({ number, title, state, project }: DayFacts["fixed"][number]) => {
  const whose = project === null ? "" : ` (${plain(project)})`;
  return `#${number} ${plain(title)}${whose}, ${state === "fixedLive" ? "fixed on the spot" : "fixed afterwards"}`;
};

function between({ names, variant }: CellFact): string {
  const which = Object.entries(variant).map((pair) => pair.join(" "));
  return plain(names.join(" × ")) + (which.length > 0 ? ` (${plain(which.join(", "))})` : "");
}

/** Names are names, whatever signs are in them. */
const plain = (text: string) => text.replaceAll(/[\\`*_[\]<>#|~]/g, "\\$&");

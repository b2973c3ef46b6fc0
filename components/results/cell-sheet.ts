import type { CellPage } from "@/lib/cells/schema";
import { OUTCOME_SIGNS } from "@/lib/outcomes/rules";
import type { AwaitingLine } from "@/lib/results/schema";
import type { LogSheet } from "./sheet";

/** The reader's entries among a cell's parties, in the order of the track's roles, by their keys. */
export function ownIn({ parties }: CellPage, order: readonly string[]): LogSheet["own"] {
  const sorted = parties
    .filter(({ isOwn }) => isOwn)
    .toSorted((a, b) => order.indexOf(a.role) - order.indexOf(b.role));
  const own = new Map(sorted.map(({ entry, name }) => [entry, { slug: entry, name }]));
  return [...own.values()];
}

type Said = {
  cell: CellPage;
  own: LogSheet["own"];
  /** What waits for the reader's word. */
  lines: readonly AwaitingLine[];
};
type Where = Pick<LogSheet, "eventSlug" | "zone" | "isReview" | "page" | "personId">;

/** The form to log one more result of a cell. */
export const cellSheet = (where: Where, { cell, own, lines }: Said): LogSheet => ({
  ...where,
  track: { slug: cell.track.slug, restricted: cell.track.restricted },
  test: cell.test.key,
  variant: cell.variant,
  parties: cell.parties.map(({ role, roleLabel, entry, name, builds }) => ({
    role,
    roleLabel,
    entry,
    name,
    builds,
  })),
  own,
  about: lines.map(({ seq, outcome, reporter }) => ({
    seq,
    words: `what ${reporter?.name ?? "the harness"} has told: ${OUTCOME_SIGNS[outcome].label}`,
  })),
  hasCell: true,
});

import type { CellState } from "@/lib/cells/schema";
import { Refusal } from "@/lib/core/refusal";
import type { RulingCause } from "./schema";

/** What each cause is called. */
export const CAUSE_WORDS = {
  sides: "a side",
  specification: "the specification",
  test: "the test's text",
  harness: "the harness",
  network: "network or configuration",
  unknown: "unknown",
} as const satisfies Record<RulingCause, string>;

const forbidden = (message: string) => new Refusal("forbidden", message);
const conflict = (message: string) => new Refusal("conflict", message);

const OWN =
  "One of the parties is a project of yours. Nobody settles a dispute of their own project: ask another lead or an organizer.";

export type Disputed = {
  state: CellState;
  attempts: number;
  /** The actor is a member of an entry of a project that is a party. */
  isOwn: boolean;
};

/** Why a cell cannot be settled by this person now; null when it can. */
export function refusalToSettle(cell: Disputed, readAttempts: number): Refusal | null {
  if (cell.isOwn) return forbidden(OWN);
  if (cell.state !== "disputed" && cell.state !== "settled") {
    return conflict(
      `Only a disputed cell is settled; this one is ${STATE_WORDS[cell.state]}. Look at it again.`,
    );
  }
  if (cell.attempts !== readAttempts) {
    return conflict("Another result has come in since you opened the page: read it first.");
  }
  return null;
}

/** Why a ruling cannot be taken back by this person now; null when it can. */
export function refusalToTakeBack(cell: { isOwn: boolean; isRuled: boolean }): Refusal | null {
  if (cell.isOwn) return forbidden(OWN);
  return cell.isRuled ? null : conflict("There is no ruling in force to take back.");
}

const STATE_WORDS = {
  notApplicable: "not applicable",
  untested: "untested",
  planned: "planned",
  reported: "reported by one side",
  confirmed: "confirmed by its sides",
  disputed: "disputed",
  settled: "settled",
} as const satisfies Record<CellState, string>;

/** Nobody is nudged about one cell more often than this. */
export const NUDGE_HOURS = 6;
const HOUR_MS = 3_600_000;

export const mayNudge = (nudgedAt: Date | null, now: Date) =>
  nudgedAt === null || now.getTime() - nudgedAt.getTime() >= NUDGE_HOURS * HOUR_MS;

export type Nudged = { isSilent: boolean; name: string; nudgedAt: Date | null };

/** Why an entry is not nudged; null when it is. */
export function refusalToNudge({ isSilent, name, nudgedAt }: Nudged, now: Date): Refusal | null {
  if (!isSilent) return conflict(`${name} has spoken already, or is not asked to.`);
  if (nudgedAt === null || mayNudge(nudgedAt, now)) return null;
  const last = `${nudgedAt.toISOString().slice(0, 16).replace("T", " ")} UTC`;
  return conflict(`${name} was nudged at ${last}; once in ${NUDGE_HOURS} hours is enough.`);
}

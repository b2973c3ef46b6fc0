import type { Outcome } from "@/lib/results/schema";
import type { JunitVerdict } from "./junit-cases";

/** The states of SIPssert's own Testing class. */
export const SIPSSERT_STATES = {
  PASS: "pass",
  FAIL: "fail",
  TOUT: "timeout",
  UNKN: "error",
  Filtered: "skipped",
} as const satisfies Record<string, Outcome>;
export type SipssertState = keyof typeof SIPSSERT_STATES;

/** What its junit_reporter writes into `message`, and nothing else: SIPssert 3d043f8. */
const WORDS: Readonly<Record<string, SipssertState>> = {
  "failure Failure": "FAIL",
  "failure Timeout": "TOUT",
  "error Unknown": "UNKN",
  "skipped Filtered": "Filtered",
};

const stateOf = ({ kind, message }: JunitVerdict): SipssertState | undefined =>
  WORDS[`${kind} ${message}`];

/** Whether a verdict is worded as SIPssert words it. A report of only such verdicts is its own. */
export const isSipssertVerdict = (verdict: JunitVerdict): boolean =>
  stateOf(verdict) !== undefined && verdict.type === verdict.kind && verdict.text.trim() === "";

export const sipssertState = (verdict: JunitVerdict | undefined): SipssertState =>
  (verdict && stateOf(verdict)) ?? "PASS";

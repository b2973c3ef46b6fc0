import { EVERY_OUTCOME } from "@/lib/outcomes/rules";
import type { Outcome } from "@/lib/results/schema";

/** One key for each outcome; its first letter, unlike the letter on its sign. */
export const OUTCOME_KEYS = {
  pass: "p",
  degraded: "d",
  fail: "f",
  timeout: "t",
  error: "e",
  unsupported: "u",
  inconclusive: "i",
  skipped: "s",
} as const satisfies Record<Outcome, string>;

export const outcomeOfKey = (key: string): Outcome | undefined =>
  EVERY_OUTCOME.find((outcome) => OUTCOME_KEYS[outcome] === key);

import type { Outcome } from "@/lib/results/schema";

/** How each outcome is called and drawn: a word, a letter, and what it means, in one place. */
export const OUTCOME_SIGNS = {
  pass: { letter: "P", label: "Pass", meaning: "Worked as expected." },
  degraded: { letter: "G", label: "Degraded", meaning: "Worked, with a deviation worth telling." },
  fail: { letter: "F", label: "Fail", meaning: "Ran, with the wrong result." },
  timeout: {
    letter: "T",
    label: "Timeout",
    meaning: "A limit expired while the parties were running.",
  },
  error: {
    letter: "E",
    label: "Error",
    meaning: "The harness, set-up or network broke; it says nothing about the peers.",
  },
  unsupported: {
    letter: "U",
    label: "Unsupported",
    meaning: "Declared as not supported by the role named.",
  },
  inconclusive: {
    letter: "I",
    label: "Inconclusive",
    meaning: "Ran, and does not allow a verdict.",
  },
  skipped: { letter: "S", label: "Skipped", meaning: "Planned and not run, for the reason given." },
} as const satisfies Record<Outcome, { letter: string; label: string; meaning: string }>;

/** In the order of the schema's, for whoever must do without Zod. */
export const EVERY_OUTCOME = Object.keys(OUTCOME_SIGNS) as Outcome[];

import { STATE_SIGNS } from "@/lib/cells/rules";
import type { IssueCell } from "@/lib/issues/schema";
import { OUTCOME_SIGNS } from "@/lib/outcomes/rules";

/** `Confirmed fail`: what a cell says. */
export const shortState = ({ state, outcome }: Pick<IssueCell, "state" | "outcome">) =>
  STATE_SIGNS[state].label + (outcome ? ` ${OUTCOME_SIGNS[outcome].label.toLowerCase()}` : "");

/** `transport tls, mtu 300`; empty where a test has no variants. */
export const variantText = (variant: Record<string, string>) =>
  Object.entries(variant)
    .map(([name, value]) => `${name} ${value}`)
    .join(", ");

import type { ComponentType } from "react";
import { Sign } from "@/components/cells/sign";
import type { ResultLine } from "@/lib/cells/schema";
import { OUTCOME_SIGNS } from "@/lib/outcomes/rules";

export type Said = { result: Pick<ResultLine, "outcome" | "isDenial" | "origin" | "message"> };

/**
 * How the words with a result are drawn, which whoever draws the result says: a page has its server read
 * their Markdown, and an island does not carry the reader of Markdown to the browser.
 */
export type NoteView = ComponentType<Said>;

/** A denial has an outcome only because every result has one. */
export const saidWords = ({ isDenial, outcome }: Said["result"]) =>
  isDenial ? "Not us" : OUTCOME_SIGNS[outcome].label;

export function SaidSign({ result, size = 22 }: Said & { size?: number }) {
  const { isDenial, outcome } = result;
  const sign = isDenial
    ? ({ state: "disputed", outcome: null } as const)
    : ({ state: "reported", outcome } as const);
  return <Sign sign={sign} size={size} />;
}

import { Sign } from "@/components/cells/sign";
import { Markdown } from "@/components/ui/markdown";
import type { ResultLine } from "@/lib/cells/schema";
import { OUTCOME_SIGNS } from "@/lib/results/rules";

type Said = { result: Pick<ResultLine, "outcome" | "isDenial" | "origin" | "message"> };

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

/** People write Markdown; what a tool said is shown as it came. */
export function SaidNote({ result: { origin, message } }: Said) {
  if (!message) return null;
  if (origin === "agent") return <p className="word-message">{message}</p>;
  return <Markdown text={message} />;
}

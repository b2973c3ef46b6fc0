import { Markdown } from "@/components/ui/markdown";
import type { Said } from "./said";

/** People write Markdown; what a tool said is shown as it came. */
export function SaidNote({ result: { origin, message } }: Said) {
  if (!message) return null;
  if (origin === "agent") return <p className="word-message">{message}</p>;
  return <Markdown text={message} />;
}

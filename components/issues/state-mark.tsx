import { STATE_WORDS } from "@/lib/issues/rules";
import type { IssueState } from "@/lib/issues/schema";

/** The state of an issue: a shape, and always its name. */
export function StateMark({ state }: { state: IssueState }) {
  return (
    <span className="issue-state" data-state={state} title={STATE_WORDS[state].meaning}>
      {STATE_WORDS[state].label}
    </span>
  );
}

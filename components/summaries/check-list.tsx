import Link from "next/link";
import { EmptyState } from "@/components/shell/empty-state";
import { Badge } from "@/components/ui/badge";
import type { Check } from "@/lib/summaries/schema";

const KIND_WORDS = {
  text: "text",
  unconfirmed: "unconfirmed",
  disputed: "disputed",
  consent: "consent",
  restricted: "restricted",
  small: "small number",
  issue: "issues",
  unmapped: "unmapped",
} as const satisfies Record<Check["kind"], string>;

/** What to look at before publishing; each leads to where it can be changed. */
export function CheckList({ checks }: { checks: readonly Check[] }) {
  if (checks.length === 0) {
    return (
      <EmptyState title="Nothing to look at.">
        <p>All is confirmed, agreed to and written. Look at the preview and publish from there.</p>
      </EmptyState>
    );
  }
  return (
    <ul className="check-list">
      {checks.map(({ kind, says, page }) => (
        <li key={`${kind} ${says}`}>
          <span>
            <Badge>{KIND_WORDS[kind]}</Badge>
          </span>
          <span>
            {says}{" "}
            {page && (
              <Link className="text-link" href={page} prefetch={false} aria-label={`Look: ${says}`}>
                Look
              </Link>
            )}
          </span>
        </li>
      ))}
    </ul>
  );
}

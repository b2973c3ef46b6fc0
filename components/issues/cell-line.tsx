import Link from "next/link";
import { Sign } from "@/components/cells/sign";
import { shortState, variantText } from "@/components/issues/words";
import type { IssueCell } from "@/lib/issues/schema";

/** A cell in one line: its sign, its test, its parties with what was tested of them. */
export function CellLine({ eventSlug, cell }: { eventSlug: string; cell: IssueCell }) {
  const { track, id, test, testTitle, variant, state, outcome, knownIssue, parties } = cell;
  const overlays = knownIssue ? (["knownIssue"] as const) : [];
  return (
    <span className="issue-cell">
      <Sign sign={{ state, outcome, overlays }} />
      <span>
        <Link
          className="text-link"
          href={`/events/${eventSlug}/tracks/${track}/cells/${id}`}
          prefetch={false}
        >
          {[test, variantText(variant), parties.map(({ name }) => name).join(" × ")]
            .filter(Boolean)
            .join(", ")}
        </Link>
        <span className="track-lead">
          {shortState(cell)}. {testTitle}.{" "}
          {parties
            .map(({ roleLabel, name, tested, current }) => {
              const build = tested?.label ?? current?.label;
              return `${roleLabel}: ${name}${build ? ` ${build}` : ""}`;
            })
            .join("; ")}
        </span>
      </span>
    </span>
  );
}

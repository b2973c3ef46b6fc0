import Link from "next/link";
import type { Retest } from "@/lib/issues/schema";

/** Builds that carry a fix, and where to try them: the cell's page is where the outcome is logged. */
export function RetestOffer({
  eventSlug,
  retests,
}: {
  eventSlug: string;
  retests: readonly Retest[];
}) {
  if (retests.length === 0) return null;
  return (
    <ul className="issue-retests" aria-label="Retests">
      {retests.map(({ number, cellId, track, test, entry, build, testedBuild }) => (
        <li key={`${number} ${cellId} ${build}`}>
          <span>
            <b>
              {entry} {build}
            </b>{" "}
            carries the fix of #{number}; {test} was tested on {testedBuild}.
          </span>{" "}
          <Link
            className="text-link"
            href={`/events/${eventSlug}/tracks/${track}/cells/${cellId}#own-word`}
            prefetch={false}
          >
            Retest {test}
          </Link>
        </li>
      ))}
    </ul>
  );
}

import Link from "next/link";
import type { CellIssues as Issues } from "@/lib/issues/schema";
import { RetestOffer } from "./retest-offer";
import { StateMark } from "./state-mark";

type Props = { eventSlug: string; cellId: string; issues: Issues };

/** The issues of a cell, on its page, and the way to raise one with everything filled in. */
export function CellIssues({ eventSlug, cellId, issues: { lines, retests, mayRaise } }: Props) {
  if (lines.length === 0 && !mayRaise) return null;
  const list = `/events/${eventSlug}/issues`;
  return (
    <section className="block" aria-labelledby="issues">
      <h2 id="issues">
        Issues <span className="tab-count">{lines.length}</span>
      </h2>
      <RetestOffer eventSlug={eventSlug} retests={retests} />
      {lines.length > 0 && (
        <ul className="issue-lines">
          {lines.map(({ number, title, state, target }) => (
            <li key={number}>
              <StateMark state={state} />
              <Link className="text-link" href={`${list}/${number}`} prefetch={false}>
                <span className="issue-number">#{number}</span> {title}
              </Link>
              {target && <span className="text-soft">against {target.name}</span>}
            </li>
          ))}
        </ul>
      )}
      {mayRaise && (
        <p>
          <Link className="button" href={`${list}/raise?cell=${cellId}`} prefetch={false}>
            Raise an issue
          </Link>
        </p>
      )}
    </section>
  );
}

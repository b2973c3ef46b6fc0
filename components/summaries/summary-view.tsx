import { Sponsors } from "@/components/events/sponsors";
import { Statements } from "@/components/events/statements";
import { Facts } from "@/components/ui/facts";
import { Markdown } from "@/components/ui/markdown";
import { Days } from "@/components/ui/moment";
import type { SummaryBody } from "@/lib/summaries/schema";
import { isTried } from "@/lib/twins/rules";
import { FigureTable } from "./figure-table";
import { IssueList } from "./issue-list";
import { SummaryTrack } from "./summary-track";

/**
 * The account of an event, drawn from its snapshot alone: the public page, an older version and the
 * preview are this very drawing.
 */
export function SummaryView({ body }: { body: SummaryBody }) {
  const { event, texts, tracks, statements, thanks, issues, unnamed, entries } = body;
  return (
    <article className="summary" aria-label={`Summary of ${event.label}`}>
      <Facts facts={factsOf(body)} />
      {event.intro && <p className="lead">{event.intro}</p>}
      {texts.map(({ title, body: text }) => (
        <section key={title} className="block" aria-label={title}>
          <h2>{title}</h2>
          <Markdown text={text} />
        </section>
      ))}
      <section className="block" aria-labelledby="summary-numbers">
        <h2 id="summary-numbers">Numbers</h2>
        {isTried(body) ? (
          <>
            <p className="summary-rates">
              {body.coverage} {body.passRate}
            </p>
            <FigureTable label={`All tracks of ${event.label}`} figures={body.figures} />
          </>
        ) : (
          <p className="text-soft">No result of this event is recorded here.</p>
        )}
        <h3>Who took part</h3>
        <ul className="summary-names">
          {entries.map(({ entry, project, build }) => (
            <li key={entry}>
              {entry}
              {project !== entry && <span className="text-soft"> of {project}</span>}
              {build && <code> {build}</code>}
            </li>
          ))}
          {unnamed > 0 && <li className="text-soft">{unnamed} not named</li>}
        </ul>
      </section>
      {tracks.map((track) => (
        <SummaryTrack key={track.slug} track={track} />
      ))}
      {issues.length > 0 && (
        <section className="block" aria-labelledby="summary-issues">
          <h2 id="summary-issues">Other issues</h2>
          <IssueList issues={issues} />
        </section>
      )}
      {statements.length > 0 && (
        <section className="block" aria-labelledby="summary-statements">
          <h2 id="summary-statements">What the account states</h2>
          <Statements statements={statements} />
        </section>
      )}
      <Thanks thanks={thanks} />
    </article>
  );
}

function factsOf({ event, tracks, entries, unnamed }: SummaryBody) {
  const { startsAt, endsAt, zone, place } = event;
  return [
    ...(startsAt
      ? [{ label: "When", value: <Days from={startsAt} to={endsAt} zone={zone} /> }]
      : []),
    ...(place ? [{ label: "Where", value: place }] : []),
    { label: "Tracks", value: tracks.length },
    { label: "Participants told of here", value: entries.length + unnamed },
  ];
}

const DEEDS = [
  ["organizers", "Organized by"],
  ["found", "Found problems"],
  ["fixed", "Fixed them"],
  ["helped", "Helped"],
] as const;

function Thanks({ thanks }: Pick<SummaryBody, "thanks">) {
  const told = DEEDS.filter(([deed]) => thanks[deed].length > 0);
  if (told.length === 0 && thanks.sponsors.length === 0) return null;
  return (
    <section className="block" aria-labelledby="summary-thanks">
      <h2 id="summary-thanks">Thanks</h2>
      <dl className="summary-thanks">
        {thanks.sponsors.length > 0 && (
          <div>
            <dt>Sponsors</dt>
            <dd>
              <Sponsors sponsors={thanks.sponsors} />
            </dd>
          </div>
        )}
        {told.map(([deed, label]) => (
          <div key={deed}>
            <dt>{label}</dt>
            <dd>{thanks[deed].join(", ")}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

import { Badge } from "@/components/ui/badge";
import { Markdown } from "@/components/ui/markdown";
import type { OpenTrack, Regression, SummaryBody } from "@/lib/summaries/schema";
import { isTried, regressionWords } from "@/lib/twins/rules";
import { FigureTable } from "./figure-table";
import { GridTables } from "./grid-tables";
import { IssueList } from "./issue-list";

type Track = SummaryBody["tracks"][number];

/** What a summary tells of one track. */
export function SummaryTrack({ track }: { track: Track }) {
  const id = `summary-${track.slug}`;
  return (
    <section className="block summary-track" aria-labelledby={id}>
      <h2>
        <span id={id}>{track.title}</span> {track.restricted && <Badge>restricted</Badge>}
      </h2>
      {track.leads.length > 0 && <p className="summary-lead">Led by {track.leads.join(", ")}</p>}
      {track.texts.map(({ title, body }) => (
        <div key={title} className="summary-text">
          {title !== track.title && <h3>{title}</h3>}
          <Markdown text={body} />
        </div>
      ))}
      {track.restricted ? (
        <p className="summary-none">The results of this track are not published.</p>
      ) : (
        <Told track={track} />
      )}
    </section>
  );
}

function Told({ track }: { track: OpenTrack }) {
  const { title, coverage, passRate, figures, grids, issues, issueFigures, regressions } = track;
  return (
    <>
      <Participants track={track} />
      {isTried(track) ? (
        <>
          <p className="summary-rates">
            {coverage} {passRate}
          </p>
          <FigureTable label={`Numbers of ${title}`} figures={figures} />
          {grids.map((grid) => (
            <GridTables key={`${grid.rowRole} ${grid.columnRole}`} grid={grid} />
          ))}
        </>
      ) : (
        <p className="summary-none">No result is recorded in this track.</p>
      )}
      {issues.length > 0 && (
        <>
          <h3>Issues found and fixed</h3>
          <FigureTable label={`Issues of ${title}`} figures={issueFigures} />
          <IssueList issues={issues} />
        </>
      )}
      {regressions.length > 0 && <Regressions regressions={regressions} />}
    </>
  );
}

function Participants({ track: { participants, helpers, unnamed } }: { track: OpenTrack }) {
  const line = ({ entry, roles }: OpenTrack["participants"][number]) => (
    <li key={entry}>
      {entry}
      {roles.length > 0 && <span className="text-soft"> {roles.join(", ")}</span>}
    </li>
  );
  return (
    <>
      {participants.length + unnamed > 0 && (
        <>
          <h3>Participants and roles</h3>
          <ul className="summary-names">
            {participants.map(line)}
            {unnamed > 0 && <li className="text-soft">{unnamed} not named</li>}
          </ul>
        </>
      )}
      {helpers.length > 0 && (
        <>
          <h3>Helpers and tools</h3>
          <ul className="summary-names">{helpers.map(line)}</ul>
        </>
      )}
    </>
  );
}

function Regressions({ regressions }: { regressions: readonly Regression[] }) {
  return (
    <>
      <h3>Fell back</h3>
      <p className="text-small text-soft">
        The last result that decides on the builds before worked; on the newest it is a failure or a
        timeout.
      </p>
      <ul className="lines">
        {regressions.map((fallen) => (
          <li key={fallen.page}>
            <a className="text-link" href={fallen.page}>
              {regressionWords(fallen)}
            </a>
          </li>
        ))}
      </ul>
    </>
  );
}

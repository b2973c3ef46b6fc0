import Link from "next/link";
import { Badge } from "@/components/ui/badge";
import { Moment } from "@/components/ui/moment";
import { KIND_WORDS, SEVERITY_WORDS } from "@/lib/issues/rules";
import type { IssueLine } from "@/lib/issues/schema";
import { StateMark } from "./state-mark";

type Props = { eventSlug: string; zone: string; lines: readonly IssueLine[] };

/** Issues, one a row. The links carry the mark that the keyboard moves by. */
export function IssueTable({ eventSlug, zone, lines }: Props) {
  return (
    <table className="list issue-list">
      <caption className="sr-only">Issues</caption>
      <thead>
        <tr>
          <th scope="col">Issue</th>
          <th scope="col">State</th>
          <th scope="col">Kind</th>
          <th scope="col">Severity</th>
          <th scope="col">Against</th>
          <th scope="col" className="number">
            Cells
          </th>
          <th scope="col">Changed</th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <tr key={line.number}>
            <th scope="row">
              <IssueTitle eventSlug={eventSlug} line={line} />
            </th>
            <td data-label="State">
              <StateMark state={line.state} />
            </td>
            <td data-label="Kind">{KIND_WORDS[line.kind]}</td>
            <td data-label="Severity">{SEVERITY_WORDS[line.severity]}</td>
            <td data-label="Against">
              {line.target?.name ?? <span className="text-faint">not told</span>}
            </td>
            <td data-label="Cells" className="number">
              {line.cells}
            </td>
            <td data-label="Changed">
              <Moment at={line.updatedAt} zone={zone} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function IssueTitle({ eventSlug, line }: { eventSlug: string; line: IssueLine }) {
  const { number, title, track } = line;
  return (
    <>
      <span className="issue-title">
        <Link
          className="text-link"
          href={`/events/${eventSlug}/issues/${number}`}
          prefetch={false}
          data-issue={number}
        >
          <span className="issue-number">#{number}</span> {title}
        </Link>
        {track?.restricted && <Badge>restricted</Badge>}
      </span>
      {track && <span className="track-lead">{track.title}</span>}
    </>
  );
}

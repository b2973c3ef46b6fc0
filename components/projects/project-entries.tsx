import Link from "next/link";
import { Badge } from "@/components/ui/badge";
import { Days } from "@/components/ui/moment";
import type { ProjectPage } from "@/lib/projects/schema";

/** Where a project was, as what, with which build. */
export function ProjectEntries({ project }: { project: ProjectPage }) {
  return (
    <table className="list">
      <caption className="sr-only">{project.name} through the events</caption>
      <thead>
        <tr>
          <th scope="col">Event</th>
          <th scope="col">Entry</th>
          <th scope="col">Build</th>
          <th scope="col">Tracks</th>
        </tr>
      </thead>
      <tbody>
        {project.entries.map((entry) => (
          <tr key={`${entry.event} ${entry.slug}`}>
            <th scope="row">
              <Link className="text-link" href={`/events/${entry.event}`} prefetch={false}>
                {entry.eventLabel}
              </Link>
              {entry.startsAt && (
                <span className="track-lead">
                  <Days from={entry.startsAt} to={entry.endsAt} zone={entry.zone} />
                </span>
              )}
            </th>
            <td data-label="Entry">
              <span className="entry-line">
                <Link
                  className="text-link"
                  href={`/events/${entry.event}/entries/${entry.slug}`}
                  prefetch={false}
                >
                  {entry.name}
                </Link>
                {entry.kind !== "participant" && <Badge>{entry.kind}, not under test</Badge>}
              </span>
            </td>
            <td data-label="Build">
              {entry.build ? (
                <code>{entry.build}</code>
              ) : (
                <span className="text-faint">none named</span>
              )}
            </td>
            <td data-label="Tracks">
              <span className="entry-tracks">
                {entry.tracks.map(({ slug, title }) => (
                  <Link
                    key={slug}
                    href={`/events/${entry.event}/tracks/${slug}?entry=${entry.slug}`}
                    prefetch={false}
                  >
                    {title}
                  </Link>
                ))}
              </span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

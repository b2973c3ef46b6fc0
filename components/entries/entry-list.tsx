import Link from "next/link";
import { Badge } from "@/components/ui/badge";
import type { EntryLine } from "@/lib/entries/schema";
import { KIND_WORDS } from "./kinds";

type Props = { eventSlug: string; caption: string; lines: readonly EntryLine[] };

/** Entries with what they play, in what build. */
export function EntryList({ eventSlug, caption, lines }: Props) {
  return (
    <table className="list">
      <caption className="sr-only">{caption}</caption>
      <thead>
        <tr>
          <th scope="col">Entry</th>
          <th scope="col">Project</th>
          <th scope="col">Current build</th>
          <th scope="col">Tracks and roles</th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <tr key={line.slug}>
            <th scope="row">
              <span className="entry-line">
                <Link
                  className="text-link"
                  href={`/events/${eventSlug}/entries/${line.slug}`}
                  prefetch={false}
                >
                  {line.name}
                </Link>
                {line.kind !== "participant" && <Badge>{KIND_WORDS[line.kind]}</Badge>}
                {line.isMine && <Badge>yours</Badge>}
              </span>
            </th>
            <td data-label="Project">
              <Link className="text-link" href={`/projects/${line.project.slug}`} prefetch={false}>
                {line.project.name}
              </Link>
            </td>
            <td data-label="Current build">
              {line.build ? (
                <code>{line.build}</code>
              ) : (
                <span className="text-faint">none named yet</span>
              )}
            </td>
            <td data-label="Tracks and roles">
              <PlayedTracks tracks={line.tracks} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

export function PlayedTracks({ tracks }: Pick<EntryLine, "tracks">) {
  if (tracks.length === 0) return <span className="text-faint">none ticked yet</span>;
  return (
    <ul>
      {tracks.map(({ slug, title, roles }) => (
        <li key={slug}>
          {title}
          {roles.length > 0 && <span className="text-soft">: {roles.join(", ")}</span>}
        </li>
      ))}
    </ul>
  );
}

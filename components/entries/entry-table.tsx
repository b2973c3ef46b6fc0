import Link from "next/link";
import { Badge } from "@/components/ui/badge";
import type { EventPage } from "@/lib/events/schema";

type Track = EventPage["trackLines"][number];

/** Who is there, with the build that is current. */
export function EntryTable({ event }: { event: EventPage }) {
  const known = new Map(event.trackLines.map((track) => [track.slug, track]));
  return (
    <table className="list" data-dense="true">
      <caption className="sr-only">Entries of {event.label}</caption>
      <thead>
        <tr>
          <th scope="col">Entry</th>
          <th scope="col">Current build</th>
          <th scope="col">Tracks</th>
        </tr>
      </thead>
      <tbody>
        {event.entryLines.map(({ slug, name, kind, build, tracks }) => (
          <tr key={slug}>
            <th scope="row">
              <span className="entry-line">
                <Link href={`/events/${event.slug}/entries/${slug}`} prefetch={false}>
                  {name}
                </Link>
                {kind !== "participant" && <Badge>{kind}, not under test</Badge>}
              </span>
            </th>
            <td data-label="Current build">
              {build ? <code>{build}</code> : <span className="text-faint">none named yet</span>}
            </td>
            <td data-label="Tracks">
              <span className="entry-tracks">
                {tracks.map((track) => (
                  <TrackLink
                    key={track}
                    track={known.get(track)}
                    href={`/events/${event.slug}/tracks/${track}?entry=${slug}`}
                  />
                ))}
              </span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** A link only where the reader may see the results behind it. */
function TrackLink({ track, href }: { track: Track | undefined; href: string }) {
  if (!track?.progress) return <span>{track?.title}</span>;
  return (
    <Link href={href} prefetch={false}>
      {track.title}
    </Link>
  );
}

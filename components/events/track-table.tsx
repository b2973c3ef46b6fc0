import Link from "next/link";
import { CountsBar, countsWords } from "@/components/matrices/counts";
import { Badge } from "@/components/ui/badge";
import { Moment } from "@/components/ui/moment";
import type { EventPage } from "@/lib/events/schema";

type Line = EventPage["trackLines"][number];

/** The tracks of an event: what they are about, who leads them, how far they have come. */
export function TrackTable({ event }: { event: EventPage }) {
  const isTold = event.trackLines.some(({ progress }) => progress !== null);
  return (
    <table className="list">
      <caption className="sr-only">Tracks of {event.label}</caption>
      <thead>
        <tr>
          <th scope="col">Track</th>
          <th scope="col" className="number">
            Tests
          </th>
          <th scope="col" className="number">
            Entries
          </th>
          {isTold && (
            <>
              <th scope="col">Combinations</th>
              <th scope="col" className="number">
                Disputed
              </th>
              <th scope="col">Latest result</th>
            </>
          )}
        </tr>
      </thead>
      <tbody>
        {event.trackLines.map((track) => (
          <tr key={track.slug}>
            <th scope="row">
              <TrackName event={event} track={track} />
            </th>
            <td data-label="Tests" className="number">
              {track.tests}
            </td>
            <td data-label="Entries" className="number">
              {track.entries}
            </td>
            {isTold && <Progress track={track} zone={event.zone} />}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function TrackName({ event, track }: { event: EventPage; track: Line }) {
  const path = `/events/${event.slug}/tracks/${track.slug}`;
  return (
    <>
      <span className="track-name">
        <Link href={track.progress ? path : `${path}/tests`} prefetch={false}>
          {track.title}
        </Link>
        {track.restricted && <Badge>restricted</Badge>}
      </span>
      <span className="track-intro">{track.intro}</span>
      {track.leads.length > 0 && (
        <span className="track-lead">Led by {track.leads.join(", ")}</span>
      )}
    </>
  );
}

function Progress({ track, zone }: { track: Line; zone: string }) {
  const { progress, restricted: isRestricted } = track;
  if (progress === null) {
    return (
      <td data-label="Results" colSpan={3} className="text-faint">
        {isRestricted ? "shown to its parties" : "shown to those who take part"}
      </td>
    );
  }
  return (
    <>
      <td data-label="Combinations" className="track-progress">
        <span>{countsWords(progress)}</span>
        <CountsBar counts={progress} />
      </td>
      <td data-label="Disputed" className="number" data-alert={progress.disputed > 0 || undefined}>
        {progress.disputed}
      </td>
      <td data-label="Latest result">
        {progress.latestAt ? <Moment at={progress.latestAt} zone={zone} /> : "none yet"}
      </td>
    </>
  );
}

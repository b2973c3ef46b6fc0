import Link from "next/link";
import { Days } from "@/components/ui/moment";
import type { EventLine } from "@/lib/events/schema";
import { PhaseName } from "./phase";

/** Events with what tells them apart: phase, time, place and size. */
export function EventList({ events }: { events: readonly EventLine[] }) {
  return (
    <ul className="event-list">
      {events.map((event) => (
        <li key={event.slug} className="event-line">
          <div className="event-line-head">
            <h3>
              <Link href={`/events/${event.slug}`} prefetch={false}>
                {event.label}
              </Link>
            </h3>
            <PhaseName phase={event.phase} />
          </div>
          {event.intro && <p className="event-intro">{event.intro}</p>}
          <p className="event-meta">
            {event.startsAt && (
              <span>
                <Days from={event.startsAt} to={event.endsAt} zone={event.zone} />
              </span>
            )}
            {event.place && <span>{event.place}</span>}
            <span>
              {event.tracks} {event.tracks === 1 ? "track" : "tracks"}
            </span>
            <span>
              {event.entries} {event.entries === 1 ? "entry" : "entries"}
            </span>
          </p>
        </li>
      ))}
    </ul>
  );
}

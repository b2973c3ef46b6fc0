import Link from "next/link";
import { Markdown } from "@/components/ui/markdown";
import type { PostedNote } from "@/lib/day-notes/schema";

type Props = { eventSlug: string; notes: readonly PostedNote[] };

/** What the leads tell of each day; the latest is open. */
export function PostedNotes({ eventSlug, notes }: Props) {
  return (
    <section className="block" aria-labelledby="day-notes">
      <h2 id="day-notes">Day by day</h2>
      {notes.map(({ day, track, body, by }, at) => (
        <details key={`${day} ${track.slug}`} className="form-more" open={at === 0}>
          <summary>
            <time dateTime={day}>{day}</time> · {track.title}
          </summary>
          <Markdown text={body} />
          <p className="text-small text-soft">
            {by},{" "}
            <Link
              className="text-link"
              href={`/events/${eventSlug}/tracks/${track.slug}`}
              prefetch={false}
            >
              {track.title}
            </Link>
          </p>
        </details>
      ))}
    </section>
  );
}

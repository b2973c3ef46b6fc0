import Link from "next/link";
import { Button } from "@/components/ui/button";
import { Moment } from "@/components/ui/moment";
import type { EntryLine } from "@/lib/entries/schema";
import { PlayedTracks } from "./entry-list";
import { KIND_WORDS } from "./kinds";

type Props = { eventSlug: string; zone: string; lines: readonly EntryLine[] };

/** Who asks to come in, for an organizer to decide. */
export function RequestList({ eventSlug, zone, lines }: Props) {
  return (
    <ul className="cards">
      {lines.map((line) => (
        <li key={line.slug} className="card">
          <div className="card-head">
            <h3>
              <Link href={`/events/${eventSlug}/entries/${line.slug}`} prefetch={false}>
                {line.name}
              </Link>
            </h3>
            <span className="form-hint">
              <code>{line.slug}</code> of {line.project.name}, {KIND_WORDS[line.kind]}, asked{" "}
              <Moment at={line.createdAt} zone={zone} />
            </span>
          </div>
          <p className="form-hint">
            {line.members?.join(", ")}
            {line.build && (
              <>
                ; runs <code>{line.build}</code>
              </>
            )}
          </p>
          {line.note && <p>{line.note}</p>}
          <PlayedTracks tracks={line.tracks} />
          <Decision eventSlug={eventSlug} entrySlug={line.slug} name={line.name} />
        </li>
      ))}
    </ul>
  );
}

type Decided = { eventSlug: string; entrySlug: string; name: string };

export function Decision({ eventSlug, entrySlug, name }: Decided) {
  const action = `/events/${eventSlug}/entries/${entrySlug}/edit`;
  return (
    <div className="form-actions">
      <form method="post" action={`${action}/admit`}>
        <Button type="submit" className="button-primary" aria-label={`Admit ${name}`}>
          Admit
        </Button>
      </form>
      <form method="post" action={`${action}/decline`} className="form-inline">
        <label className="form-cell">
          <span className="sr-only">Why {name} is declined</span>
          <input name="reason" maxLength={400} placeholder="Why not, for those who asked" />
        </label>
        <Button type="submit" aria-label={`Decline ${name}`}>
          Decline
        </Button>
      </form>
    </div>
  );
}

import Link from "next/link";

type Props = { eventSlug: string; mayJoin: boolean };

/** The way in for a project that is not there yet, and to all that the entries say of themselves. */
export function JoinHint({ eventSlug, mayJoin }: Props) {
  return (
    <p className="form-actions join-hint">
      {mayJoin && (
        <Link className="button button-primary" href={`/events/${eventSlug}/join`} prefetch={false}>
          Join with your project
        </Link>
      )}
      <Link className="text-link" href={`/events/${eventSlug}/entries`} prefetch={false}>
        Entries with their roles
      </Link>
    </p>
  );
}

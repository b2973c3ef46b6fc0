import type { Sponsor } from "@/lib/events/schema";

/** Whom the event thanks for money, machines or rooms. */
export function Sponsors({ sponsors }: { sponsors: readonly Sponsor[] }) {
  return (
    <ul className="summary-names">
      {sponsors.map(({ name, url, note }) => (
        <li key={name}>
          {url ? (
            <a className="text-link" href={url} rel="nofollow noopener noreferrer">
              {name}
            </a>
          ) : (
            name
          )}
          {note && <span className="text-soft"> {note}</span>}
        </li>
      ))}
    </ul>
  );
}

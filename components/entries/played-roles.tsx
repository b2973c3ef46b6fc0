import Link from "next/link";
import type { EntryPage } from "@/lib/entries/schema";

type Props = { eventSlug: string; entrySlug: string; choices: EntryPage["choices"] };

/** The tracks that an entry is in, each with a way to its cells there. */
export function PlayedRoles({ eventSlug, entrySlug, choices }: Props) {
  return (
    <table className="list" data-dense="true">
      <caption className="sr-only">Tracks and roles</caption>
      <thead>
        <tr>
          <th scope="col">Track</th>
          <th scope="col">Plays</th>
        </tr>
      </thead>
      <tbody>
        {choices
          .filter(({ isIn }) => isIn)
          .map(({ slug, title, roles, played }) => (
            <tr key={slug}>
              <th scope="row">
                <Link
                  className="text-link"
                  href={`/events/${eventSlug}/tracks/${slug}?entry=${entrySlug}`}
                  prefetch={false}
                >
                  {title}
                </Link>
              </th>
              <td data-label="Plays">
                {roles
                  .filter(({ key }) => played.includes(key))
                  .map(({ label }) => label)
                  .join(", ") || <span className="text-faint">no role yet</span>}
              </td>
            </tr>
          ))}
      </tbody>
    </table>
  );
}

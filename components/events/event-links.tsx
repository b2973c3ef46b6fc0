import Link from "next/link";
import type { EventPage } from "@/lib/events/schema";

/** The event's further pages, for who may open them. */
export function EventLinks({ event: { slug, phase, roles } }: { event: EventPage }) {
  const isOrganizer = roles.includes("organizer");
  const writes = isOrganizer || roles.includes("lead");
  const links = [
    ...(phase === "published" ? [["summary", "Read the summary"]] : []),
    ...(writes
      ? [
          ["summary/desk", "Summary desk"],
          ["kiosk", "Kiosk for the room"],
        ]
      : []),
    ...(isOrganizer || roles.includes("participant") ? [["agents", "Agents"]] : []),
    ...(isOrganizer ? [["settings", "Settings"]] : []),
  ];
  if (links.length === 0) return null;
  return (
    <nav aria-label="This event" className="form-actions text-small no-print">
      {links.map(([path, label]) => (
        <Link key={path} className="text-link" href={`/events/${slug}/${path}`} prefetch={false}>
          {label}
        </Link>
      ))}
    </nav>
  );
}

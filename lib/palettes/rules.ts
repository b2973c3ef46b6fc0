import type { Phase } from "@/lib/events/schema";
import type { PaletteEntry } from "./schema";

/** Actions whose pages are offered to who may do them. */
export const OFFERED = [
  "result.log",
  "issue.raise",
  "issue.view",
  "agent.view",
  "invitation.make",
  "summary.write",
  "event.manage",
] as const;
type Offered = (typeof OFFERED)[number];

/** What of an event its reader may know of, as it is stored. */
export type Held = {
  eventSlug: string;
  phase: Phase;
  isParticipant: boolean;
  /** What the policy lets the reader do now. */
  may: readonly Offered[];
  tracks: { slug: string; title: string; leads: boolean }[];
  tests: { track: string; key: string; title: string }[];
  views: { name: string; query: string; track: string }[];
  entries: { slug: string; name: string; project: string; isOwn: boolean }[];
  issues: { number: number; title: string; state: string }[];
};

/** All of it as places to go to: one's own first, and what there is most of last. */
export function placesOf(held: Held): PaletteEntry[] {
  const base = `/events/${held.eventSlug}`;
  const ledTracks = held.tracks.filter(({ leads }) => leads);
  return [
    ...pagesOf(held, base),
    ...held.entries
      .filter(({ isOwn }) => isOwn)
      .map(({ slug, name }) => page(`${name}: change it`, `${base}/entries/${slug}/edit`, "yours")),
    ...ledTracks.map(({ slug, title }) =>
      page(`Lead ${title}`, `${base}/tracks/${slug}/lead`, slug),
    ),
    ...held.tracks.map(({ slug, title }) => ({
      ...{ group: "track" as const, label: title, hint: slug },
      path: `${base}/tracks/${slug}`,
    })),
    ...held.views.map(({ name, query, track }) => ({
      ...{ group: "view" as const, label: name, hint: track },
      path: `${base}/tracks/${track}${query}`,
    })),
    ...held.entries.map(({ slug, name, project }) => ({
      ...{ group: "entry" as const, label: name, hint: slug, project },
      path: `${base}/entries/${slug}`,
    })),
    ...held.issues.map(({ number, title, state }) => ({
      ...{ group: "issue" as const, label: `#${number} ${title}`, hint: state },
      path: `${base}/issues/${number}`,
    })),
    ...held.tests.map(({ track, key, title }) => ({
      ...{ group: "test" as const, label: `${key} ${title}`, hint: track },
      path: `${base}/tracks/${track}/tests/${encodeURIComponent(key)}`,
    })),
  ];
}

const page = (label: string, path: string, hint = ""): PaletteEntry => ({
  ...{ group: "page", label, path, hint },
});

function pagesOf(
  { isParticipant, may: allowed, phase, views }: Held,
  base: string,
): PaletteEntry[] {
  const may = (action: Offered) => allowed.includes(action);
  const pages = [
    { is: true, label: "The event", path: "" },
    { is: isParticipant, label: "What waits for your word", path: "/awaiting" },
    { is: may("result.log"), label: "Log a result", path: "/log" },
    { is: may("issue.raise"), label: "Raise an issue", path: "/issues/raise" },
    { is: may("issue.view"), label: "Issues", path: "/issues" },
    { is: true, label: "Entries", path: "/entries" },
    { is: views.length > 0, label: "Saved views", path: "/views" },
    { is: may("agent.view"), label: "Agents", path: "/agents" },
    { is: may("invitation.make"), label: "Invitations", path: "/invitations" },
    { is: phase === "published", label: "Summary", path: "/summary" },
    { is: may("summary.write"), label: "Summary desk", path: "/summary/desk" },
    // For the same people; the screen itself is for everybody who sees the results.
    { is: may("summary.write"), label: "Kiosk for the room", path: "/kiosk" },
    { is: may("event.manage"), label: "Settings", path: "/settings" },
  ];
  return pages.flatMap(({ is, label, path }) => (is ? page(label, `${base}${path}`) : []));
}

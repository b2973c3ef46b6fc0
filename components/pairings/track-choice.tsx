import type { OwnTracks } from "@/lib/pairings/schema";

type Props = { action: string; tracks: OwnTracks; current: string | undefined };

/** The tracks in which the reader's entries play. */
export function TrackChoice({ action, tracks, current }: Props) {
  return (
    <nav aria-label="Tracks" className="tabs">
      {tracks.map(({ slug, title }) => (
        <a
          key={slug}
          href={`${action}?track=${slug}`}
          aria-current={slug === current ? "page" : undefined}
        >
          {title}
        </a>
      ))}
    </nav>
  );
}

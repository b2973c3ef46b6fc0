import Link from "next/link";
import { PageHead } from "@/components/shell/page-head";
import { Badge } from "@/components/ui/badge";
import { OVERLAY_SIGNS } from "@/lib/cells/rules";
import type { EventPage } from "@/lib/events/schema";
import type { TrackPage } from "@/lib/tracks/schema";

type Props = { event: EventPage; track: TrackPage; current: "matrix" | "tests" };

/** The head of a track's pages, and the way between them. */
export function TrackHead({ event, track, current }: Props) {
  const path = `/events/${event.slug}/tracks/${track.slug}`;
  return (
    <PageHead
      trail={[
        { href: "/", label: "Events" },
        { href: `/events/${event.slug}`, label: event.label },
      ]}
      title={track.title}
      beside={track.restricted && <Badge>restricted</Badge>}
    >
      <p className="lead" data-short={current === "matrix" || undefined}>
        {track.intro}
      </p>
      {track.restricted && (
        <p className="text-small text-soft">{OVERLAY_SIGNS.restricted.meaning}</p>
      )}
      {track.leads.length > 0 && (
        <p className="text-small text-soft">Led by {track.leads.join(", ")}</p>
      )}
      <nav aria-label="This track" className="tabs no-print">
        <Link href={path} prefetch={false} aria-current={current === "matrix" ? "page" : undefined}>
          Matrix
        </Link>
        <Link
          href={`${path}/tests`}
          prefetch={false}
          aria-current={current === "tests" ? "page" : undefined}
        >
          Test plan <span className="tab-count">{track.tests.length}</span>
        </Link>
      </nav>
    </PageHead>
  );
}

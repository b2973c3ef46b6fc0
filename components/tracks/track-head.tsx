import Link from "next/link";
import type { ReactNode } from "react";
import { PageHead } from "@/components/shell/page-head";
import { eventTrail } from "@/components/shell/trail";
import { Badge } from "@/components/ui/badge";
import { OVERLAY_SIGNS } from "@/lib/cells/rules";
import type { EventHead } from "@/lib/events/schema";
import type { TrackPage } from "@/lib/tracks/schema";

type Tab = "matrix" | "compare" | "replay" | "tests" | "measurements" | "lead" | "plan";
type Props = { event: EventHead; track: TrackPage; current: Tab };

/** The head of a track's pages, and the way between them. */
export function TrackHead({ event, track, current }: Props) {
  const path = `/events/${event.slug}/tracks/${track.slug}`;
  return (
    <PageHead
      trail={eventTrail(event.slug, event.label)}
      title={track.title}
      beside={track.restricted && <Badge>restricted</Badge>}
    >
      <p className="lead" data-short={current !== "tests" || undefined}>
        {track.intro}
      </p>
      {track.restricted && (
        <p className="text-small text-soft">{OVERLAY_SIGNS.restricted.meaning}</p>
      )}
      {track.leads.length > 0 && (
        <p className="text-small text-soft">Led by {track.leads.join(", ")}</p>
      )}
      <nav aria-label="This track" className="tabs no-print">
        <TabLink href={path} is={current === "matrix"}>
          Matrix
        </TabLink>
        <TabLink href={`${path}/tests`} is={current === "tests"}>
          Test plan <span className="tab-count">{track.tests.length}</span>
        </TabLink>
        <TabLink href={`${path}/compare`} is={current === "compare"}>
          Compare
        </TabLink>
        <TabLink href={`${path}/replay`} is={current === "replay"}>
          Replay
        </TabLink>
        {isLogging(event) && (
          <TabLink href={`/events/${event.slug}/log?track=${track.slug}`} is={false}>
            Log a result
          </TabLink>
        )}
        <TabLink href={`/events/${event.slug}/issues?track=${track.slug}`} is={false}>
          Issues
        </TabLink>
        {track.isMeasured && (
          <TabLink href={`${path}/measurements`} is={current === "measurements"}>
            Measurements
          </TabLink>
        )}
        {track.mayLead && (
          <>
            <TabLink href={`${path}/lead`} is={current === "lead"}>
              Lead
            </TabLink>
            <TabLink href={`${path}/plan`} is={current === "plan"}>
              Edit the plan
            </TabLink>
          </>
        )}
      </nav>
    </PageHead>
  );
}

/** Whether the reader may log results now; in which tracks, the page says. */
const isLogging = ({ roles, phase }: EventHead) =>
  roles.includes("participant") && (phase === "testing" || phase === "review");

type TabProps = { href: string; is: boolean; children: ReactNode };

const TabLink = ({ href, is, children }: TabProps) => (
  <Link href={href} prefetch={false} aria-current={is ? "page" : undefined}>
    {children}
  </Link>
);

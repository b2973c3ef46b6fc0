import { PushHint } from "@/components/events/push-hint";
import { Twins } from "@/components/exports/twins";
import { Filters } from "@/components/matrices/filters";
import { Legend } from "@/components/matrices/legend";
import { LiveGrids } from "@/components/matrices/live-grids";
import { EmptyState } from "@/components/shell/empty-state";
import { Refused } from "@/components/shell/refused";
import { TrackHead } from "@/components/tracks/track-head";
import { Moment } from "@/components/ui/moment";
import { env } from "@/lib/core/env";
import type { Phase } from "@/lib/events/schema";
import { api } from "@/lib/trpc/server";
import { layoutsOf, readView, type SearchParams, viewQuery } from "@/lib/views/rules";
import { askEvent, askMatrix, askTrack, titleOf } from "../../questions";

type Props = {
  params: Promise<{ eventSlug: string; trackSlug: string }>;
  searchParams: Promise<SearchParams>;
};

export async function generateMetadata({ params }: Props) {
  const { eventSlug, trackSlug } = await params;
  const [event, track, matrix] = await Promise.all([
    askEvent(eventSlug),
    askTrack(eventSlug, trackSlug),
    askMatrix(eventSlug, trackSlug),
  ]);
  if (event.refused !== null || track.refused !== null || matrix.refused !== null)
    return titleOf("Sign in");
  return titleOf(track.value.title, event.value.label);
}

export default async function TrackPage({ params, searchParams }: Props) {
  const { eventSlug, trackSlug } = await params;
  const [eventAnswer, trackAnswer, matrixAnswer] = await Promise.all([
    askEvent(eventSlug),
    askTrack(eventSlug, trackSlug),
    askMatrix(eventSlug, trackSlug),
  ]);
  if (eventAnswer.refused !== null) return <Refused code={eventAnswer.refused} />;
  if (trackAnswer.refused !== null) return <Refused code={trackAnswer.refused} />;
  if (matrixAnswer.refused !== null) return <Refused code={matrixAnswer.refused} />;
  const { matrix, roleLabels, version, sight } = matrixAnswer.value;
  const event = eventAnswer.value;
  const view = readView(await searchParams);
  const own = (await api.events.ownPart({ eventSlug })).entries.map(({ slug }) => slug);
  const isNothing = layoutsOf(matrix.grids, view).length === 0;
  const isEmpty = matrix.grids.every(({ cells }) => cells.length === 0);
  return (
    <div className="page page-wide">
      <TrackHead event={event} track={trackAnswer.value} current="matrix" />
      {isEmpty ? (
        <NoResults phase={event.phase} trackSlug={trackSlug} />
      ) : (
        <Filters grids={matrix.grids} labels={roleLabels} view={view} own={own} />
      )}
      <a className="legend-jump text-link" href="#legend">
        What the signs mean
      </a>
      <div className="track-columns">
        <div className="grids">
          {isNothing && (
            <EmptyState title="No cell is like that.">
              <p>
                Nothing here matches all the filters.{" "}
                <a className="text-link" href="?">
                  Show everything
                </a>
              </p>
            </EmptyState>
          )}
          <LiveGrids
            eventSlug={eventSlug}
            trackSlug={trackSlug}
            grids={matrix.grids}
            asOf={matrix.asOf}
            version={version}
            sight={sight}
            labels={roleLabels}
            view={view}
          />
          <p className="data-note">
            As of <Moment at={matrix.generatedAt} zone={event.zone} />. The same as data:
          </p>
          <Twins
            base={`/api/v1/events/${eventSlug}/tracks/${trackSlug}`}
            query={viewQuery(view)}
            name={`${eventSlug}-${trackSlug}`}
          />
        </div>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: where it scrolls, it must be reachable */}
        <aside id="legend" aria-label="Legend" className="legend-column" tabIndex={0}>
          <Legend grids={matrix.grids} view={view} />
        </aside>
      </div>
    </div>
  );
}

const BEFORE_RESULTS = {
  draft: "Results come once the organizer opens the testing.",
  registration: "Results come once the organizer opens the testing. Until then, entries get ready.",
  review:
    "Testing is over. A result that began before its end may still be pushed; it is marked late.",
  published: "The event was published without a result in this track.",
} as const;

function NoResults({ phase, trackSlug }: { phase: Phase; trackSlug: string }) {
  return (
    <div className="mb-6">
      <EmptyState title={phase === "published" ? "No result." : "No result yet."}>
        {phase === "testing" ? (
          <PushHint siteUrl={env().APP_URL} trackSlug={trackSlug} />
        ) : (
          <p>{BEFORE_RESULTS[phase]}</p>
        )}
      </EmptyState>
    </div>
  );
}

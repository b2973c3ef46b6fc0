import { cache } from "react";
import { ask } from "@/app/ask";
import { readerId } from "@/app/reader";
import { PushHint } from "@/components/events/push-hint";
import { Twins } from "@/components/exports/twins";
import { Filters } from "@/components/matrices/filters";
import { canAnswer } from "@/components/matrices/grid-asked";
import { HugeDoor } from "@/components/matrices/huge-door";
import { Legend } from "@/components/matrices/legend";
import { LegendColumn } from "@/components/matrices/legend-column";
import type { LogWay } from "@/components/matrices/look";
import { QueryGrids } from "@/components/matrices/query-grids";
import { SnapshotNote } from "@/components/matrices/snapshot-note";
import { type Desk, whyNotLog } from "@/components/panels/desk";
import { PanelDoor } from "@/components/panels/panel-door";
import { EmptyState } from "@/components/shell/empty-state";
import { NoMatch } from "@/components/shell/no-match";
import { Refused } from "@/components/shell/refused";
import { TrackHead } from "@/components/tracks/track-head";
import { env } from "@/lib/core/env";
import type { EventHead, Phase } from "@/lib/events/schema";
import { layoutsOf } from "@/lib/layouts/rules";
import type { Grid } from "@/lib/matrices/schema";
import { setAside } from "@/lib/selections/rules";
import { api } from "@/lib/trpc/server";
import { viewQuery } from "@/lib/views/rules";
import { type PageView, readView, type SearchParams, viewIn } from "@/lib/views/schema";
import { askHead, askTrack, titleOf } from "../../questions";
import { ViewsSection } from "./views-section";

type Props = {
  params: Promise<{ eventSlug: string; trackSlug: string }>;
  searchParams: Promise<SearchParams>;
};

export async function generateMetadata({ params, searchParams }: Props) {
  const { eventSlug, trackSlug } = await params;
  const [event, track, matrix] = await Promise.all([
    askHead(eventSlug),
    askTrack(eventSlug, trackSlug),
    askPage(eventSlug, trackSlug, viewQuery(readView(await searchParams))),
  ]);
  if (event.refused !== null || track.refused !== null || matrix.refused !== null)
    return titleOf("Sign in");
  return titleOf(track.value.title, event.value.label);
}

export default async function TrackPage({ params, searchParams }: Props) {
  const { eventSlug, trackSlug } = await params;
  const view = readView(await searchParams);
  const [eventAnswer, trackAnswer, matrixAnswer] = await Promise.all([
    askHead(eventSlug),
    askTrack(eventSlug, trackSlug),
    askPage(eventSlug, trackSlug, viewQuery(view)),
  ]);
  if (eventAnswer.refused !== null) return <Refused code={eventAnswer.refused} />;
  if (trackAnswer.refused !== null) return <Refused code={trackAnswer.refused} />;
  if (matrixAnswer.refused !== null) return <Refused code={matrixAnswer.refused} />;
  const { matrix, roleLabels, version, sight, told, zone, lastChangeAt } = matrixAnswer.value;
  const { grids } = matrix;
  const event = eventAnswer.value;
  const own = (await api.events.ownPart({ eventSlug })).entries.map(({ slug }) => slug);
  const isHuge = told === "axes";
  const isSnapshot = view.asOf !== undefined;
  const around = { now: lastChangeAt ?? matrix.generatedAt, zone, own };
  const asked = grids.map((grid) => setAside(grid, view, around));
  const layouts = layoutsOf(asked, view);
  const isEmpty = told === "all" && grids.every(({ cells }) => cells.length === 0);
  const twins = `/api/v1/events/${eventSlug}/tracks/${trackSlug}`;
  const { source, isWhole } = sourceOf(twins, view, grids);
  const live = {
    ...{ eventSlug, trackSlug, version, sight, view, labels: roleLabels },
    log: isSnapshot ? undefined : logWay(event.phase, { eventSlug, trackSlug, own }),
  };
  const asData = (
    <AsData base={twins} name={`${eventSlug}-${trackSlug}`} view={view} asOf={matrix.asOf} />
  );
  return (
    <div className="page page-wide">
      {/* The cells are on their way while the scripts are. */}
      {isHuge && <link rel="preload" href={source} as="fetch" crossOrigin="anonymous" />}
      <TrackHead event={event} track={trackAnswer.value} current="matrix" />
      <SnapshotNote view={view} at={lastChangeAt} zone={event.zone} />
      {isEmpty ? (
        <NoResults phase={event.phase} trackSlug={trackSlug} />
      ) : (
        <Filters grids={grids} labels={roleLabels} view={view} own={own} />
      )}
      {/* They may be older than the first result: kept before it, or taken over from the edition before. */}
      <ViewsSection
        {...{ eventSlug, view }}
        track={trackAnswer.value}
        answer={(await searchParams).answer}
      />
      <a className="legend-jump text-link" href="#legend">
        What the signs mean
      </a>
      {isHuge ? (
        <HugeDoor {...live} {...{ source, around, isWhole }} frames={grids}>
          {asData}
        </HugeDoor>
      ) : (
        <div className="track-columns">
          <div className="grids">
            {layouts.length === 0 && <NoMatch one="cell" />}
            <QueryGrids
              {...live}
              grids={grids}
              layouts={layouts}
              asOf={matrix.asOf}
              isPart={told === "part"}
              around={around}
            />
            {asData}
          </div>
          <LegendColumn>
            <Legend
              kinds={grids.flatMap(({ cells }) => cells.map((cell) => ({ cell, count: 1 })))}
              view={view}
            />
          </LegendColumn>
        </div>
      )}
      {!isSnapshot && <PanelDoor desk={await deskOf(event, trackSlug)} />}
    </div>
  );
}

/** Where grids that are too large for the page are read: whole, when they can answer its query themselves. */
function sourceOf(twins: string, { q, asOf }: PageView, grids: readonly Grid[]) {
  const isWhole = canAnswer(q, grids);
  const part = viewQuery({ q: isWhole ? undefined : q, asOf }).slice(1);
  return { source: `${twins}/matrix.json?encoding=compact${part && `&${part}`}`, isWhole };
}

type AsDataProps = { base: string; name: string; view: PageView; asOf: string };

/** Two links to what is shown, and the same as files. */
const AsData = ({ base, name, view, asOf }: AsDataProps) => (
  <>
    <p className="data-note">
      A link to{" "}
      <a className="text-link" href={viewQuery(view, { asOf })}>
        this snapshot
      </a>{" "}
      or to{" "}
      <a className="text-link" href={viewQuery(view, { asOf: undefined })}>
        this query, live
      </a>
      . The same as data:
    </p>
    <Twins {...{ base, name }} query={viewQuery(view)} isSnapshot={view.asOf !== undefined} />
  </>
);

/** What the panel beside the matrix is told of its reader. */
async function deskOf(event: EventHead, trackSlug: string): Promise<Desk> {
  const personId = await readerId();
  const isParticipant = event.roles.includes("participant");
  return {
    ...{ eventSlug: event.slug, trackSlug, personId, siteUrl: env().APP_URL, zone: event.zone },
    isReview: event.phase === "review",
    whyNot: whyNotLog({ personId, isParticipant, phase: event.phase }),
  };
}

/** Asked once per request: the page and its title both want to know. A view's query says all of it. */
const askPage = cache((eventSlug: string, trackSlug: string, query: string) => {
  const view = viewIn(new URLSearchParams(query));
  return ask(api.matrices.page({ eventSlug, trackSlug, view, asOf: view.asOf }));
});

type Where = { eventSlug: string; trackSlug: string; own: string[] };

/** Whether and where the reader may log what nobody has tried. */
const logWay = (phase: Phase, { eventSlug, trackSlug, own }: Where): LogWay | undefined =>
  phase === "testing" && own.length > 0
    ? { path: `/events/${eventSlug}/log`, track: trackSlug, own }
    : undefined;

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

import { cache } from "react";
import { ask } from "@/app/ask";
import type { Query } from "@/app/reader";
import { Activity } from "@/components/replays/activity";
import { DayList } from "@/components/replays/day-list";
import { ReplayBench } from "@/components/replays/replay-bench";
import { EmptyState } from "@/components/shell/empty-state";
import { Refused } from "@/components/shell/refused";
import { TrackHead } from "@/components/tracks/track-head";
import { positionSchema } from "@/lib/matrices/schema";
import { stepsUntil } from "@/lib/replays/rules";
import type { ReplayPage as Replayed } from "@/lib/replays/schema";
import { api } from "@/lib/trpc/server";
import { askHead, askTrack, titleOf } from "../../../questions";

type Props = {
  params: Promise<{ eventSlug: string; trackSlug: string }>;
  searchParams: Promise<{ at?: Query }>;
};

// Asked once per request, though the page and its title both want to know.
const askReplay = cache((eventSlug: string, trackSlug: string) =>
  ask(api.replays.byTrack({ eventSlug, trackSlug })),
);

async function askAll({ params }: Props) {
  const { eventSlug, trackSlug } = await params;
  return Promise.all([
    askHead(eventSlug),
    askTrack(eventSlug, trackSlug),
    askReplay(eventSlug, trackSlug),
  ]);
}

export async function generateMetadata(props: Props) {
  const [event, track, told] = await askAll(props);
  if (event.refused !== null || track.refused !== null || told.refused !== null)
    return titleOf("Sign in");
  return titleOf("Replay", track.value.title, event.value.label);
}

export default async function ReplayPage(props: Props) {
  const [event, track, told] = await askAll(props);
  if (event.refused !== null) return <Refused code={event.refused} />;
  if (track.refused !== null) return <Refused code={track.refused} />;
  if (told.refused !== null) return <Refused code={told.refused} />;
  const path = `/events/${event.value.slug}/tracks/${track.value.slug}`;
  const at = positionSchema.safeParse((await props.searchParams).at).data;
  return (
    <div className="page page-wide">
      <TrackHead event={event.value} track={track.value} current="replay" />
      <p className="text-small text-soft">
        Axes, tests and builds are today&rsquo;s at every moment; a mark leads to its cell as it is
        now.{" "}
        <a className="text-link" href={`${path}#legend`}>
          What the signs mean
        </a>
      </p>
      <Reel page={told.value} path={path} zone={event.value.zone} at={at} />
    </div>
  );
}

type ReelProps = { page: Replayed; path: string; zone: string; at: string | undefined };

function Reel({ page, path, zone, at }: ReelProps) {
  if (page.days.length === 0) return <NothingYet path={path} />;
  if (page.told === "days") {
    return (
      <EmptyState title="Too much to replay on one page.">
        <p>
          This track has more than 20,000 changes, or a matrix too large for a plain table. Look at
          it as it was at the end of a day instead.
        </p>
        <DayList
          days={page.days}
          zone={page.zone}
          hrefOf={(position) => `${path}?asOf=${position}`}
        />
      </EmptyState>
    );
  }
  const { replay, days, roleLabels } = page;
  const from = at === undefined ? replay.steps.length : stepsUntil(replay, at);
  return (
    <>
      <ReplayBench key={from} {...{ replay, from, zone }} labels={roleLabels}>
        <Activity {...{ replay, days }} />
      </ReplayBench>
      <div className="block">
        <DayList {...{ days }} zone={page.zone} hrefOf={(position) => `?at=${position}`} />
      </div>
    </>
  );
}

const NothingYet = ({ path }: { path: string }) => (
  <EmptyState title="Nothing to replay yet.">
    <p>
      Each moment at which a result arrives can be looked at again here. Until then there is{" "}
      <a className="text-link" href={path}>
        the matrix
      </a>{" "}
      to be filled.
    </p>
  </EmptyState>
);

import { notFound } from "next/navigation";
import { cache } from "react";
import { ask } from "@/app/ask";
import { answerIn, type Query } from "@/app/reader";
import { Notice } from "@/components/auth/notice";
import { Baseline } from "@/components/baselines/baseline";
import { Differences } from "@/components/compare/differences";
import { SideChoice } from "@/components/compare/side-choice";
import { Refused } from "@/components/shell/refused";
import { TrackHead } from "@/components/tracks/track-head";
import { Button } from "@/components/ui/button";
import { formState } from "@/lib/core/form";
import { type DiffQuery, diffQuerySchema } from "@/lib/diffs/schema";
import { api } from "@/lib/trpc/server";
import { askHead, askTrack, titleOf } from "../../../questions";

type Props = {
  params: Promise<{ eventSlug: string; trackSlug: string }>;
  searchParams: Promise<{ from?: Query; to?: Query; done?: Query; answer?: Query }>;
};

/** What cannot be a side is no page; an empty field of the form is no choice. */
async function readSides(searchParams: Props["searchParams"]): Promise<DiffQuery> {
  const { from, to } = await searchParams;
  const parsed = diffQuerySchema.safeParse({ from: from || undefined, to: to || undefined });
  if (!parsed.success) notFound();
  return parsed.data;
}

// Asked once per request, though the page and its title both want to know.
const askDiff = cache((eventSlug: string, trackSlug: string, sides: string) => {
  const { from, to } = diffQuerySchema.parse(JSON.parse(sides));
  return ask(api.diffs.byTrack({ eventSlug, trackSlug, from, to }));
});

async function askAll({ params, searchParams }: Props) {
  const { eventSlug, trackSlug } = await params;
  const sides = await readSides(searchParams);
  return Promise.all([
    askHead(eventSlug),
    askTrack(eventSlug, trackSlug),
    askDiff(eventSlug, trackSlug, JSON.stringify(sides)),
  ]);
}

export async function generateMetadata(props: Props) {
  const [event, track, told] = await askAll(props);
  if (event.refused !== null || track.refused !== null || told.refused !== null)
    return titleOf("Sign in");
  return titleOf("Compare", track.value.title, event.value.label);
}

export default async function ComparePage(props: Props) {
  const [event, track, told] = await askAll(props);
  if (event.refused !== null) return <Refused code={event.refused} />;
  if (track.refused !== null) return <Refused code={track.refused} />;
  if (told.refused !== null) return <Refused code={told.refused} />;
  const { diff, days, editions, builds, baseline, maySetBaseline } = told.value;
  const { from, to } = diff;
  const offered = { days, editions, builds, baseline };
  const { done, answer } = await props.searchParams;
  const answered = await answerIn(answer);
  const isDone = DONE.get(done);
  const path = `/events/${event.value.slug}/tracks/${track.value.slug}`;
  const isMoving = [from, to].some(({ side }) => /^(build:|baseline$)/.test(side));
  const frozen = `from=${positionOf(from)}&to=${positionOf(to)}`;
  const live = `from=${from.side}&to=${to.side}`;
  return (
    <div className="page page-wide">
      <TrackHead event={event.value} track={track.value} current="compare" />
      {isDone && <Notice kind="done">{isDone}</Notice>}
      <form className="compare-form no-print">
        <SideChoice name="from" label="Before" value={from.side} {...offered} />
        <SideChoice name="to" label="After" value={to.side} {...offered} />
        <Button type="submit">Compare</Button>
      </form>
      <p className="text-small text-soft">
        Days begin in {event.value.zone}. Axes, tests and consent are today&rsquo;s on both sides.
        {builds.length > 0 &&
          " Two builds of an entry: its cells alone, each folded from the results in which it ran that build."}
      </p>
      <Differences diff={diff} zone={event.value.zone} />
      <p className="data-note">
        {/* More results of a build may come, another baseline may be taken: no link holds them still. */}
        {!isMoving && (
          <>
            <a className="text-link" href={`?${frozen}`}>
              A link to exactly these two moments
            </a>{" "}
            ·{" "}
          </>
        )}
        <a className="text-link" href={`?${live}`}>
          A link that follows the clock
        </a>{" "}
        ·{" "}
        <a className="text-link" href={`/api/v1${path}/matrix-diff.json?${frozen}`}>
          JSON
        </a>
      </p>
      <Baseline
        baseline={baseline}
        maySet={maySetBaseline}
        position={isMoment(to) ? to.asOf : null}
        trackPath={path}
        zone={event.value.zone}
        stateOf={(form) => formState(form, answered)}
      />
    </div>
  );
}

type End = { side: string; asOf: string };

/** An edition has no position of this event, nor has a build or what is expected. */
const isMoment = ({ side }: End) => !/^(edition:|build:|baseline$)/.test(side);

/** What is no moment stays as it is called. */
const positionOf = (end: End) => (isMoment(end) ? end.asOf : end.side);

const DONE = new Map<unknown, string>([
  ["take", "Taken: this is what is expected from now on."],
  ["drop", "Dropped: nothing is expected of this track."],
]);

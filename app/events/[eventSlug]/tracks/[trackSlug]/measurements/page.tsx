import { Compare } from "@/components/measurements/compare";
import { FigureSection } from "@/components/measurements/figure-section";
import { EmptyState } from "@/components/shell/empty-state";
import { Refused } from "@/components/shell/refused";
import { TrackHead } from "@/components/tracks/track-head";
import { Moment } from "@/components/ui/moment";
import { compareSettings, likelyPair, settingsOf } from "@/lib/comparisons/rules";
import type { Measurements } from "@/lib/measurements/schema";
import { askEvent, askMeasurements, askTrack, titleOf } from "../../../questions";

type Query = string | string[] | undefined;
type Props = {
  params: Promise<{ eventSlug: string; trackSlug: string }>;
  searchParams: Promise<{ one?: Query; other?: Query }>;
};

export async function generateMetadata({ params }: Props) {
  const { eventSlug, trackSlug } = await params;
  const [event, track, told] = await Promise.all([
    askEvent(eventSlug),
    askTrack(eventSlug, trackSlug),
    askMeasurements(eventSlug, trackSlug),
  ]);
  if (event.refused !== null || track.refused !== null || told.refused !== null)
    return titleOf("Sign in");
  return titleOf("Measurements", track.value.title, event.value.label);
}

export default async function MeasurementsPage({ params, searchParams }: Props) {
  const { eventSlug, trackSlug } = await params;
  const [event, track, told] = await Promise.all([
    askEvent(eventSlug),
    askTrack(eventSlug, trackSlug),
    askMeasurements(eventSlug, trackSlug),
  ]);
  if (event.refused !== null) return <Refused code={event.refused} />;
  if (track.refused !== null) return <Refused code={track.refused} />;
  if (told.refused !== null) return <Refused code={told.refused} />;
  const { figures, generatedAt, withheld, isCut } = told.value;
  const { one, other } = await searchParams;
  const base = `/api/v1/events/${eventSlug}/tracks/${trackSlug}/measurements`;
  return (
    <div className="page page-wide">
      <TrackHead event={event.value} track={track.value} current="measurements" />
      <p className="text-small text-soft">
        A figure says what was measured, where and under which conditions. None says pass or fail,
        and none is set before another: the order is that of the test plan and of names.
      </p>
      {isCut && (
        <p className="text-small">There are more; these are of the newest 2,000 results.</p>
      )}
      {withheld > 0 && (
        <p className="text-small">
          {withheld} {withheld === 1 ? "result" : "results"} with figures withheld: their entries
          have not agreed to show them.
        </p>
      )}
      {figures.length === 0 ? (
        <EmptyState title="No figure yet.">
          <p>
            A result tells figures in its <code>metrics</code>; the agent reads SIPp’s by itself.
            The track’s{" "}
            <a className="text-link" href={`/events/${eventSlug}/tracks/${trackSlug}/tests`}>
              test plan
            </a>{" "}
            says what is to be measured.
          </p>
        </EmptyState>
      ) : (
        <>
          <Compare settings={settingsOf(figures)} comparison={comparedIn(figures, [one, other])} />
          {figures.map((figure) => (
            <FigureSection key={`${figure.name} ${figure.unit}`} figure={figure} />
          ))}
        </>
      )}
      <p className="data-note">
        As of <Moment at={generatedAt} zone={event.value.zone} />. The same as data:{" "}
        <a className="text-link" href={`${base}.json`}>
          JSON
        </a>
        ,{" "}
        <a className="text-link" href={`${base}.csv`}>
          CSV
        </a>
      </p>
    </div>
  );
}

/** The two settings of the address; where one is not told, or not there, those that tell most. */
function comparedIn(figures: Measurements["figures"], [one, other]: readonly [Query, Query]) {
  const settings = settingsOf(figures);
  const left = settings.find(({ key }) => key === one);
  const right = settings.find(({ key }) => key === other);
  const pair = left && right ? ([left, right] as const) : likelyPair(figures);
  return pair && compareSettings(figures, pair);
}

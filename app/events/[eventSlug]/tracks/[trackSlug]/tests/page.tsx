import { EmptyState } from "@/components/shell/empty-state";
import { Refused } from "@/components/shell/refused";
import { TestTable } from "@/components/tracks/test-table";
import { TrackHead } from "@/components/tracks/track-head";
import { TrackNotes } from "@/components/tracks/track-notes";
import { askEvent, askTrack, titleOf } from "../../../questions";

type Props = { params: Promise<{ eventSlug: string; trackSlug: string }> };

export async function generateMetadata({ params }: Props) {
  const { eventSlug, trackSlug } = await params;
  const [event, track] = await Promise.all([askEvent(eventSlug), askTrack(eventSlug, trackSlug)]);
  if (event.refused !== null || track.refused !== null) return titleOf("Sign in");
  return titleOf("Test plan", track.value.title, event.value.label);
}

export default async function TestPlanPage({ params }: Props) {
  const { eventSlug, trackSlug } = await params;
  const [event, answer] = await Promise.all([askEvent(eventSlug), askTrack(eventSlug, trackSlug)]);
  if (event.refused !== null) return <Refused code={event.refused} />;
  if (answer.refused !== null) return <Refused code={answer.refused} />;
  const track = answer.value;
  return (
    <div className="page">
      <TrackHead event={event.value} track={track} current="tests" />
      <TrackNotes track={track} />
      {track.tests.length > 0 ? (
        <>
          <p className="form-actions mb-3 text-small no-print">
            <a className="text-link" href={`/events/${eventSlug}/tracks/${trackSlug}/tests/print`}>
              Every case on one page, for paper
            </a>
            <a
              className="text-link"
              href={`/api/v1/events/${eventSlug}/tracks/${trackSlug}/plan.json`}
            >
              JSON, to be taken in by another track
            </a>
          </p>
          <TestTable tests={track.tests} path={`/events/${eventSlug}/tracks/${trackSlug}/tests`} />
        </>
      ) : (
        <EmptyState title="No test yet.">
          <p>The track’s lead writes the test plan before testing begins.</p>
        </EmptyState>
      )}
    </div>
  );
}

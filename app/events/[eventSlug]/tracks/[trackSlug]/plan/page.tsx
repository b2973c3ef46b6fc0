import Link from "next/link";
import { answerIn, type Query } from "@/app/reader";
import { Notice } from "@/components/auth/notice";
import { ImportPlan } from "@/components/plans/import-plan";
import { PlanTable } from "@/components/plans/plan-table";
import { EmptyState } from "@/components/shell/empty-state";
import { Refused } from "@/components/shell/refused";
import { TrackHead } from "@/components/tracks/track-head";
import { allows } from "@/lib/auth/policy";
import { askEvent, askTrack, titleOf } from "../../../questions";
import { askPlan } from "../lead-questions";

type Props = {
  params: Promise<{ eventSlug: string; trackSlug: string }>;
  searchParams: Promise<{ done?: Query; answer?: Query }>;
};

export async function generateMetadata({ params }: Pick<Props, "params">) {
  const { eventSlug, trackSlug } = await params;
  const [event, track] = await Promise.all([askEvent(eventSlug), askTrack(eventSlug, trackSlug)]);
  if (event.refused !== null || track.refused !== null) return titleOf("Sign in");
  return titleOf("Edit the plan", track.value.title, event.value.label);
}

export default async function PlanPage({ params, searchParams }: Props) {
  const { eventSlug, trackSlug } = await params;
  const [event, track, plan] = await Promise.all([
    askEvent(eventSlug),
    askTrack(eventSlug, trackSlug),
    askPlan(eventSlug, trackSlug),
  ]);
  if (event.refused !== null) return <Refused code={event.refused} />;
  if (track.refused !== null) return <Refused code={track.refused} />;
  if (plan.refused !== null) return <Refused code={plan.refused} />;
  const { rows } = plan.value;
  const mayEdit = allows("track.plan", new Set(["lead"]), event.value.phase);
  const told = await answerIn((await searchParams).answer);
  const trackPath = `/events/${eventSlug}/tracks/${trackSlug}`;
  return (
    <div className="page">
      <TrackHead event={event.value} track={track.value} current="plan" />
      {told?.message && <Notice kind="refused">{told.message}</Notice>}
      {!mayEdit && (
        <p className="form-hint">The plan is closed: testing is over, and results refer to it.</p>
      )}
      <div className="plan-head">
        {mayEdit && (
          <Link className="button" href={`${trackPath}/new-test`} prefetch={false}>
            Add a test
          </Link>
        )}
        <a
          className="button"
          href={`/api/v1/events/${eventSlug}/tracks/${trackSlug}/plan.json`}
          download={`${eventSlug}-${trackSlug}-plan.json`}
        >
          Export as JSON
        </a>
      </div>
      {rows.length > 0 ? (
        <PlanTable path={`${trackPath}/plan`} rows={rows} mayEdit={mayEdit} />
      ) : (
        <EmptyState title="No test yet.">
          <p>Add the first one, or take a plan in that another edition has exported.</p>
        </EmptyState>
      )}
      {mayEdit && (
        <section className="block" aria-labelledby="import">
          <h2 id="import">Take a plan in</h2>
          <ImportPlan eventSlug={eventSlug} trackSlug={trackSlug} />
        </section>
      )}
    </div>
  );
}

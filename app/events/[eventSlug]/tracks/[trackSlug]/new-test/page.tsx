import { answerIn, type Query } from "@/app/reader";
import { TestForm } from "@/components/plans/test-form";
import { PageHead } from "@/components/shell/page-head";
import { Refused } from "@/components/shell/refused";
import { eventTrail } from "@/components/shell/trail";
import { formState } from "@/lib/core/form";
import { askEvent, askTrack, titleOf } from "../../../questions";
import { askPlan } from "../lead-questions";

type Props = {
  params: Promise<{ eventSlug: string; trackSlug: string }>;
  searchParams: Promise<{ answer?: Query }>;
};

export async function generateMetadata({ params }: Pick<Props, "params">) {
  const { eventSlug, trackSlug } = await params;
  const [event, track] = await Promise.all([askEvent(eventSlug), askTrack(eventSlug, trackSlug)]);
  if (event.refused !== null || track.refused !== null) return titleOf("Sign in");
  return titleOf("Add a test", track.value.title, event.value.label);
}

export default async function NewTestPage({ params, searchParams }: Props) {
  const { eventSlug, trackSlug } = await params;
  const [event, track, plan] = await Promise.all([
    askEvent(eventSlug),
    askTrack(eventSlug, trackSlug),
    askPlan(eventSlug, trackSlug),
  ]);
  if (event.refused !== null) return <Refused code={event.refused} />;
  if (track.refused !== null) return <Refused code={track.refused} />;
  if (plan.refused !== null) return <Refused code={plan.refused} />;
  const trackPath = `/events/${eventSlug}/tracks/${trackSlug}`;
  const { roles, profile } = plan.value.track;
  return (
    <div className="page">
      <PageHead
        trail={eventTrail(
          eventSlug,
          event.value.label,
          { href: trackPath, label: track.value.title },
          { href: `${trackPath}/plan`, label: "Plan" },
        )}
        title="Add a test"
      />
      <TestForm
        action={`${trackPath}/new-test/add`}
        state={formState("test", await answerIn((await searchParams).answer))}
        test={null}
        roles={roles}
        profile={profile}
        seen=""
        submit="Add the test"
      />
    </div>
  );
}

import { PageHead } from "@/components/shell/page-head";
import { Refused } from "@/components/shell/refused";
import { eventTrail } from "@/components/shell/trail";
import { PrintedPlan } from "@/components/tracks/printed-plan";
import { askEvent, askTrack, titleOf } from "../../../../questions";

type Props = { params: Promise<{ eventSlug: string; trackSlug: string }> };

export async function generateMetadata({ params }: Props) {
  const { eventSlug, trackSlug } = await params;
  const [event, track] = await Promise.all([askEvent(eventSlug), askTrack(eventSlug, trackSlug)]);
  if (event.refused !== null || track.refused !== null) return titleOf("Sign in");
  return titleOf("Test plan for paper", track.value.title, event.value.label);
}

/** The whole plan on one page: what one takes into a room without a network. */
export default async function PrintedPlanPage({ params }: Props) {
  const { eventSlug, trackSlug } = await params;
  const [event, answer] = await Promise.all([askEvent(eventSlug), askTrack(eventSlug, trackSlug)]);
  if (event.refused !== null) return <Refused code={event.refused} />;
  if (answer.refused !== null) return <Refused code={answer.refused} />;
  const track = answer.value;
  const path = `/events/${eventSlug}/tracks/${trackSlug}`;
  return (
    <div className="page">
      <PageHead
        trail={eventTrail(
          eventSlug,
          event.value.label,
          { href: path, label: track.title },
          { href: `${path}/tests`, label: "Test plan" },
        )}
        title={`${track.title}: test plan`}
        beside={<span className="badge">{event.value.label}</span>}
      >
        <p className="lead">{track.intro}</p>
        <p className="text-small text-soft no-print">
          Print this page, or save it as a PDF, with your browser’s own command.
        </p>
      </PageHead>
      <PrintedPlan track={track} />
    </div>
  );
}

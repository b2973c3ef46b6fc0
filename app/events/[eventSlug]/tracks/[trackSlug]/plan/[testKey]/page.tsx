import { answerIn, type Query } from "@/app/reader";
import { Notice } from "@/components/auth/notice";
import { Retiring } from "@/components/plans/retiring";
import { TestForm } from "@/components/plans/test-form";
import { Versions } from "@/components/plans/versions";
import { PageHead } from "@/components/shell/page-head";
import { Refused } from "@/components/shell/refused";
import { eventTrail } from "@/components/shell/trail";
import { Badge } from "@/components/ui/badge";
import { allows } from "@/lib/auth/policy";
import { formState } from "@/lib/core/form";
import { askEvent, askTrack, titleOf } from "../../../../questions";
import { askPlanned } from "../../lead-questions";

type Props = {
  params: Promise<{ eventSlug: string; trackSlug: string; testKey: string }>;
  searchParams: Promise<{ done?: Query; answer?: Query }>;
};

export async function generateMetadata({ params }: Pick<Props, "params">) {
  const { eventSlug, trackSlug, testKey } = await params;
  const [event, track, test] = await Promise.all([
    askEvent(eventSlug),
    askTrack(eventSlug, trackSlug),
    askPlanned(eventSlug, trackSlug, testKey),
  ]);
  if (event.refused !== null || track.refused !== null || test.refused !== null) {
    return titleOf("Sign in");
  }
  return titleOf(`Change ${test.value.content.key}`, track.value.title, event.value.label);
}

const DONE = new Map<unknown, string>([
  ["saved", "Saved; the version stays, since only words have changed."],
  ["published", "Published as a new version: results of the older ones are stale now."],
  ["retire", "Retired: it keeps its results and takes no more."],
  ["bring-back", "Back in the plan."],
]);

export default async function PlannedTestPage({ params, searchParams }: Props) {
  const { eventSlug, trackSlug, testKey } = await params;
  const [event, track, answer] = await Promise.all([
    askEvent(eventSlug),
    askTrack(eventSlug, trackSlug),
    askPlanned(eventSlug, trackSlug, testKey),
  ]);
  if (event.refused !== null) return <Refused code={event.refused} />;
  if (track.refused !== null) return <Refused code={track.refused} />;
  if (answer.refused !== null) return <Refused code={answer.refused} />;
  const planned = answer.value;
  const { content, retired: isRetired } = planned;
  const query = await searchParams;
  const told = await answerIn(query.answer);
  const isDone = DONE.get(query.done);
  const mayEdit = allows("track.plan", new Set(["lead"]), event.value.phase);
  const trackPath = `/events/${eventSlug}/tracks/${trackSlug}`;
  const action = `${trackPath}/plan/${encodeURIComponent(content.key)}`;
  return (
    <div className="page">
      <PageHead
        trail={eventTrail(
          eventSlug,
          event.value.label,
          { href: trackPath, label: track.value.title },
          { href: `${trackPath}/plan`, label: "Plan" },
        )}
        title={`Change ${content.key}`}
        beside={
          <>
            <Badge>version {planned.version}</Badge>
            {isRetired && <Badge>retired</Badge>}
          </>
        }
      >
        <p className="lead">{content.title}</p>
      </PageHead>
      {isDone && <Notice kind="done">{isDone}</Notice>}
      {mayEdit && !isRetired && (
        <TestForm
          action={`${action}/save`}
          state={formState("test", told)}
          test={content}
          roles={planned.track.roles}
          profile={planned.track.profile}
          seen={planned.seen}
          submit="Publish the change"
        />
      )}
      {mayEdit && <Retiring action={action} planned={planned} state={formState("retire", told)} />}
      <Versions versions={planned.versions} zone={event.value.zone} />
    </div>
  );
}

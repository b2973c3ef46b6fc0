import { answerIn, type Query } from "@/app/reader";
import { Notice } from "@/components/auth/notice";
import { DayLinks } from "@/components/day-notes/day-links";
import { Refused } from "@/components/shell/refused";
import { LeadDesk } from "@/components/tracks/lead-desk";
import { TrackHead } from "@/components/tracks/track-head";
import { Moment } from "@/components/ui/moment";
import { allows, type Role } from "@/lib/auth/policy";
import type { EventPage } from "@/lib/events/schema";
import { layoutsOf } from "@/lib/layouts/rules";
import type { TrackPage } from "@/lib/tracks/schema";
import { askEvent, askMatrix, askTrack, titleOf } from "../../../questions";
import { askDays, askDesk, askNames } from "../lead-questions";

type Props = {
  params: Promise<{ eventSlug: string; trackSlug: string }>;
  searchParams: Promise<{ done?: Query; answer?: Query; placed?: Query; results?: Query }>;
};

export async function generateMetadata({ params }: Pick<Props, "params">) {
  const { eventSlug, trackSlug } = await params;
  const [event, track, matrix] = await Promise.all([
    askEvent(eventSlug),
    askTrack(eventSlug, trackSlug),
    askMatrix(eventSlug, trackSlug),
  ]);
  if (event.refused !== null || track.refused !== null || matrix.refused !== null) {
    return titleOf("Sign in");
  }
  return titleOf("Lead", track.value.title, event.value.label);
}

export default async function LeadPage({ params, searchParams }: Props) {
  const { eventSlug, trackSlug } = await params;
  const [event, track, matrix, desk, names, days] = await Promise.all([
    askEvent(eventSlug),
    askTrack(eventSlug, trackSlug),
    askMatrix(eventSlug, trackSlug),
    askDesk(eventSlug, trackSlug),
    askNames(eventSlug, trackSlug),
    askDays(eventSlug, trackSlug),
  ]);
  if (event.refused !== null) return <Refused code={event.refused} />;
  if (track.refused !== null) return <Refused code={track.refused} />;
  if (matrix.refused !== null) return <Refused code={matrix.refused} />;
  if (desk.refused !== null) return <Refused code={desk.refused} />;
  if (names.refused !== null) return <Refused code={names.refused} />;
  if (days.refused !== null) return <Refused code={days.refused} />;
  const query = await searchParams;
  const { version, sight, roleLabels } = matrix.value;
  const { grids, asOf, generatedAt } = matrix.value.matrix;
  const { zone } = event.value;
  return (
    <div className="page page-wide">
      <TrackHead event={event.value} track={track.value} current="lead" />
      <Told query={query} message={await messageIn(query.answer)} />
      <DayLinks path={`/events/${eventSlug}/tracks/${trackSlug}/lead/notes`} days={days.value} />
      <LeadDesk
        {...{ eventSlug, trackSlug, zone }}
        may={mayOf(event.value)}
        tests={testsOf(track.value)}
        symmetric={track.value.tests.filter((test) => !test.directional).map(({ key }) => key)}
        matrix={{ grids, layouts: layoutsOf(grids, {}), asOf, version, sight, labels: roleLabels }}
        desk={desk.value}
        names={names.value}
      />
      <p className="data-note">
        Drawn <Moment at={generatedAt} zone={zone} />; it follows what happens while it is open.
      </p>
    </div>
  );
}

/** Whoever sees this page leads the track; what is left to ask is the phase. */
function mayOf({ phase }: EventPage) {
  const lead = new Set<Role>(["lead"]);
  return {
    nudge: allows("cell.nudge", lead, phase),
    map: allows("name.map", lead, phase),
    rule: allows("ruling.make", lead, phase),
  };
}

const testsOf = ({ tests }: TrackPage) =>
  tests.map(({ key, title, variants }) => ({ key, title, variants }));

async function messageIn(answer: Query): Promise<string | null> {
  const told = await answerIn(answer);
  return told && ([told.message, ...Object.values(told.faults)].filter(Boolean).join(" ") || null);
}

const DONE = new Map<unknown, string>([
  ["nudge", "Nudged: its members get a mail."],
  ["unmap", "Unmapped: its results wait again."],
  ["stalled", "Saved."],
]);

const isCount = (value: Query): value is string => typeof value === "string" && /^\d+$/.test(value);

function Told({
  query,
  message,
}: {
  query: Awaited<Props["searchParams"]>;
  message: string | null;
}) {
  if (message !== null) return <Notice kind="refused">{message}</Notice>;
  const { done, placed, results } = query;
  if (done === "map" && isCount(placed) && isCount(results)) {
    return <Notice kind="done">{`Mapped: ${placed} of ${results} results count now.`}</Notice>;
  }
  const words = DONE.get(done);
  return words ? <Notice kind="done">{words}</Notice> : null;
}

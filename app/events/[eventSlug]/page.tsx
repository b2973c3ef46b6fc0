import { PostedNotes } from "@/components/day-notes/posted-notes";
import { EntryTable } from "@/components/entries/entry-table";
import { JoinHint } from "@/components/entries/join-hint";
import { AccountSections } from "@/components/events/account-sections";
import { EventLinks } from "@/components/events/event-links";
import { OwnPart } from "@/components/events/own-part";
import { PhaseName, PhaseSteps } from "@/components/events/phase";
import { PushHint } from "@/components/events/push-hint";
import { TrackTable } from "@/components/events/track-table";
import { EmptyState } from "@/components/shell/empty-state";
import { PageHead } from "@/components/shell/page-head";
import { Refused } from "@/components/shell/refused";
import { Facts } from "@/components/ui/facts";
import { Days } from "@/components/ui/moment";
import { allows, type Role } from "@/lib/auth/policy";
import { env } from "@/lib/core/env";
import type { EventPage as Event } from "@/lib/events/schema";
import { api } from "@/lib/trpc/server";
import { IssuesLine } from "./issues-line";
import { OwnWork } from "./own-work";
import { askEvent, titleOf } from "./questions";

type Props = { params: Promise<{ eventSlug: string }> };

export async function generateMetadata({ params }: Props) {
  const event = await askEvent((await params).eventSlug);
  return event.refused === null ? titleOf(event.value.label) : titleOf("Sign in");
}

export default async function EventPage({ params }: Props) {
  const answer = await askEvent((await params).eventSlug);
  if (answer.refused !== null) return <Refused code={answer.refused} />;
  const event = answer.value;
  const [part, notes] = await Promise.all([
    api.events.ownPart({ eventSlug: event.slug }),
    allows("dayNote.view", new Set(event.roles as Role[]), event.phase)
      ? api.dayNotes.posted({ eventSlug: event.slug })
      : [],
  ]);
  const [firstTrack] = event.trackLines;
  return (
    <div className="page">
      <PageHead
        trail={[{ href: "/", label: "Events" }]}
        title={event.label}
        beside={<PhaseName phase={event.phase} />}
      >
        {event.intro && <p className="lead">{event.intro}</p>}
        <EventLinks event={event} />
      </PageHead>
      <div className="event-band">
        <Facts facts={factsOf(event)} />
        <PhaseSteps phase={event.phase} />
      </div>
      <OwnPart eventSlug={event.slug} part={part} />
      <OwnWork event={event} />
      <section className="block" aria-labelledby="tracks">
        <h2 id="tracks">Tracks</h2>
        {firstTrack ? (
          <TrackTable event={event} />
        ) : (
          <EmptyState title="No track yet.">
            <p>The organizer adds tracks with their tests before registration opens.</p>
          </EmptyState>
        )}
        <IssuesLine event={event} />
      </section>
      {notes.length > 0 && <PostedNotes eventSlug={event.slug} notes={notes} />}
      <section className="block" aria-labelledby="entries">
        <h2 id="entries">Entries</h2>
        <JoinHint
          eventSlug={event.slug}
          mayJoin={allows("entry.request", new Set(["person"]), event.phase)}
        />
        {event.entryLines.length > 0 ? (
          <EntryTable event={event} />
        ) : (
          <EmptyState title="Nobody has entered yet.">
            <p>Entries appear here as projects enter and the organizer admits them.</p>
          </EmptyState>
        )}
      </section>
      {firstTrack && event.phase === "testing" && (
        <section className="block" aria-labelledby="push">
          <h2 id="push">Push a report</h2>
          <PushHint siteUrl={env().APP_URL} trackSlug={firstTrack.slug} />
        </section>
      )}
      <AccountSections event={event} />
    </div>
  );
}

function factsOf(event: Event) {
  const { startsAt, endsAt, zone, homeZone, place, isOpen, roles } = event;
  return [
    {
      label: "When",
      value: startsAt ? <Days from={startsAt} to={endsAt} zone={homeZone} /> : "No date set",
    },
    { label: "Where", value: place || "Not told" },
    { label: "Times shown in", value: zone === homeZone ? zone : `${zone}, which is yours` },
    {
      label: "Results seen by",
      value: isOpen ? "everybody" : "those who take part",
    },
    ...(roles.some(isOwnRole)
      ? [{ label: "You are here as", value: roles.filter(isOwnRole).join(", ") }]
      : []),
  ];
}

const isOwnRole = (role: string) => ["participant", "lead", "organizer"].includes(role);

import { randomUUID } from "node:crypto";
import Link from "next/link";
import { redirect } from "next/navigation";
import { ask } from "@/app/ask";
import { answerIn, type Query, readerId } from "@/app/reader";
import { choiceOf, type LogQuery } from "@/components/pairings/choice";
import { ChoiceForm } from "@/components/pairings/choice-form";
import { choiceSheet } from "@/components/pairings/choice-sheet";
import { OpenList } from "@/components/pairings/open-list";
import { TrackChoice } from "@/components/pairings/track-choice";
import { LogForm } from "@/components/results/log-form";
import { EmptyState } from "@/components/shell/empty-state";
import { PageHead } from "@/components/shell/page-head";
import { Refused } from "@/components/shell/refused";
import { eventTrail } from "@/components/shell/trail";
import { formState } from "@/lib/core/form";
import type { EventPage } from "@/lib/events/schema";
import type { LogChoices } from "@/lib/pairings/schema";
import { api } from "@/lib/trpc/server";
import { askEvent, titleOf } from "../questions";

type Props = {
  params: Promise<{ eventSlug: string }>;
  searchParams: Promise<Record<string, Query>>;
};

export async function generateMetadata({ params }: Pick<Props, "params">) {
  const event = await askEvent((await params).eventSlug);
  return titleOf(event.refused === null ? `Log a result · ${event.value.label}` : "Sign in");
}

export default async function LogPage({ params, searchParams }: Props) {
  const { eventSlug } = await params;
  const asked = await askEvent(eventSlug);
  if (asked.refused !== null) return <Refused code={asked.refused} />;
  const event = asked.value;
  if (event.phase !== "testing" && event.phase !== "review") return <Closed event={event} />;
  const tracks = await ask(api.pairings.tracks({ eventSlug }));
  if (tracks.refused !== null) return <Refused code={tracks.refused} />;
  const query = onlyText(await searchParams);
  const action = `/events/${eventSlug}/log`;
  const [only, second] = tracks.value;
  const trackSlug = query.track ?? (second ? undefined : only?.slug);
  return (
    <div className="page">
      <Head event={event} />
      {only ? (
        <TrackChoice action={action} tracks={tracks.value} current={trackSlug} />
      ) : (
        <NoTrack eventSlug={eventSlug} />
      )}
      {trackSlug && <InTrack {...{ event, action, trackSlug, query }} />}
    </div>
  );
}

/** Of a name given twice the first counts; an empty field of a form is no choice. */
const onlyText = (params: Record<string, Query>): LogQuery =>
  Object.fromEntries(
    Object.entries(params).map(([name, value]) => [name, [value].flat()[0] || undefined]),
  );

type InTrackProps = { event: EventPage; action: string; trackSlug: string; query: LogQuery };

async function InTrack({ event, action, trackSlug, query }: InTrackProps) {
  const asked = await ask(api.pairings.choices({ eventSlug: event.slug, trackSlug }));
  if (asked.refused !== null) return <NoTrack eventSlug={event.slug} />;
  const choices = asked.value;
  const choice = choiceOf(choices, query);
  if (choice.cell)
    redirect(`/events/${event.slug}/tracks/${trackSlug}/cells/${choice.cell.id}#log`);
  const { test, partner, missing, seats } = choice;
  const isWhole = test !== undefined && missing.length === 0;
  const hasOwn = seats.some(({ player }) => player.isOwn);
  return (
    <>
      <section className="block" aria-labelledby="what">
        <h2 id="what">What was tried</h2>
        <ChoiceForm {...{ action, choices, choice, query }} />
      </section>
      {isWhole && !hasOwn && (
        <p className="card">
          None of these is an entry of yours: a result is logged by one of its parties.
        </p>
      )}
      {isWhole && hasOwn && (
        <section className="block" aria-labelledby="own-word">
          <h2 id="own-word">
            <code>{test.key}</code> {seats.map(({ player }) => player.name).join(" × ")}
          </h2>
          <LogForm
            sheet={choiceSheet(
              {
                eventSlug: event.slug,
                zone: event.zone,
                isReview: event.phase === "review",
                personId: await readerId(),
              },
              choices,
              choice,
            )}
            state={formState("log", await answerIn(query.answer))}
            id={randomUUID()}
          />
        </section>
      )}
      {partner && !isWhole && <OpenList {...{ action, choices, partner }} />}
      {!(partner || test) && <Partners {...{ action, choices }} />}
    </>
  );
}

function Partners({ action, choices: { track } }: { action: string; choices: LogChoices }) {
  const others = track.players.filter(({ isOwn }) => !isOwn);
  return (
    <section className="block" aria-labelledby="partners">
      <h2 id="partners">Or by partner</h2>
      {others.length === 0 && <p className="text-soft">Nobody else plays in this track yet.</p>}
      <ul className="form-boxes">
        {others.map(({ slug, name }) => (
          <li key={slug}>
            <a
              className="text-link"
              href={`${action}?${new URLSearchParams({ track: track.slug, with: slug })}`}
            >
              {name}
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Head({ event }: { event: EventPage }) {
  return <PageHead trail={eventTrail(event.slug, event.label)} title="Log a result" />;
}

function NoTrack({ eventSlug }: { eventSlug: string }) {
  return (
    <EmptyState title="None of your entries plays there.">
      <p>
        Say on your entry’s page, under <i>tracks and roles</i>, where it takes part; then log here.{" "}
        <Link className="text-link" href={`/events/${eventSlug}/entries`} prefetch={false}>
          The entries
        </Link>
      </p>
    </EmptyState>
  );
}

function Closed({ event }: { event: EventPage }) {
  return (
    <div className="page">
      <Head event={event} />
      <EmptyState title={event.phase === "published" ? "The event is over." : "Not open yet."}>
        <p>
          {event.phase === "published"
            ? "Its results are published and change no more."
            : "Results are logged once the organizer opens the testing. Get your entry ready until then: its builds, roles and where to reach it."}
        </p>
      </EmptyState>
    </div>
  );
}

import { randomUUID } from "node:crypto";
import Link from "next/link";
import type { ReactNode } from "react";
import { ask } from "@/app/ask";
import { answerIn, type Query } from "@/app/reader";
import { AwaitingList } from "@/components/results/awaiting-list";
import { LiveAwaiting } from "@/components/results/live-awaiting";
import { SaidNotice } from "@/components/results/said-notice";
import { EmptyState } from "@/components/shell/empty-state";
import { PageHead } from "@/components/shell/page-head";
import { Refused } from "@/components/shell/refused";
import { eventTrail } from "@/components/shell/trail";
import { allows, type Role } from "@/lib/auth/policy";
import { formState } from "@/lib/core/form";
import type { EventPage } from "@/lib/events/schema";
import { api } from "@/lib/trpc/server";
import { askEvent, titleOf } from "../questions";
import { noticeIn } from "../results/notice";

type Props = {
  params: Promise<{ eventSlug: string }>;
  searchParams: Promise<{ result?: Query; answer?: Query; said?: Query }>;
};

export async function generateMetadata({ params }: Pick<Props, "params">) {
  const event = await askEvent((await params).eventSlug);
  return titleOf(event.refused === null ? `Awaiting you · ${event.value.label}` : "Sign in");
}

export default async function AwaitingPage({ params, searchParams }: Props) {
  const { eventSlug } = await params;
  const event = await askEvent(eventSlug);
  if (event.refused !== null) return <Refused code={event.refused} />;
  const query = await searchParams;
  const asked = await ask(api.results.awaiting({ eventSlug }));
  if (asked.refused === "UNAUTHORIZED")
    return <SignInFirst eventSlug={eventSlug} result={query.result} />;
  if (asked.refused !== null) return <Refused code={asked.refused} />;
  const { phase, roles } = event.value;
  if (!allows("result.answer", new Set(roles as Role[]), phase))
    return <Closed event={event.value} />;
  const [answer, notice] = await Promise.all([answerIn(query.answer), noticeIn(query.said)]);
  const { lines, total, zone, stamp } = asked.value;
  const wanted = lines.filter(({ seq }) => seq === query.result);
  const page = `/events/${eventSlug}/awaiting`;
  const list = {
    eventSlug,
    page,
    zone,
    stateOf: (form: string) => formState(form, answer),
    newId: randomUUID,
  };
  return (
    <div className="page">
      <Head event={event.value}>
        <p className="lead">
          What others say of your entries, and nobody of yours has answered. One side’s word alone
          stays <i>reported</i>.
        </p>
      </Head>
      {notice && (
        <SaidNotice eventSlug={eventSlug} page={page} {...notice} key={notice.seqs.join()} />
      )}
      {query.result !== undefined && wanted.length === 0 && (
        <p className="card">
          The result that you were sent for waits no more: it has been answered, or was taken back.
        </p>
      )}
      {lines.length === 0 ? (
        <Nothing eventSlug={eventSlug} />
      ) : (
        // What one was sent for stands first.
        <AwaitingList
          {...list}
          lines={[...wanted, ...lines.filter((line) => !wanted.includes(line))]}
        />
      )}
      {total > lines.length && (
        <p className="text-soft">
          The latest {lines.length} of {total}: the others follow once these are answered.
        </p>
      )}
      <LiveAwaiting eventSlug={eventSlug} stamp={stamp} />
    </div>
  );
}

function Head({ event, children }: { event: EventPage; children?: ReactNode }) {
  return (
    <PageHead trail={eventTrail(event.slug, event.label)} title="Awaiting you">
      {children}
    </PageHead>
  );
}

function Closed({ event }: { event: EventPage }) {
  return (
    <div className="page">
      <Head event={event} />
      <EmptyState title={event.phase === "published" ? "The event is over." : "Not open yet."}>
        <p>Results are confirmed during testing and review.</p>
      </EmptyState>
    </div>
  );
}

function Nothing({ eventSlug }: { eventSlug: string }) {
  return (
    <EmptyState title="Nobody waits for your word.">
      <p>
        What others report about your entries appears here.{" "}
        <Link className="text-link" href={`/events/${eventSlug}/log`} prefetch={false}>
          Log a result
        </Link>{" "}
        of your own meanwhile.
      </p>
    </EmptyState>
  );
}

/** Whoever comes by a mail comes back to the very result after signing in. */
function SignInFirst({ eventSlug, result }: { eventSlug: string; result: Query }) {
  const back = new URLSearchParams(typeof result === "string" ? { result } : {});
  const query = new URLSearchParams({ callbackUrl: `/events/${eventSlug}/awaiting?${back}` });
  return (
    <div className="page">
      <PageHead title="Sign in to answer" />
      <EmptyState title="Your word is waited for.">
        <p>
          <Link className="text-link" href={`/sign-in?${query}`} prefetch={false}>
            Sign in
          </Link>{" "}
          and you come back to it. Nothing is confirmed by opening a link: you press the button.
        </p>
      </EmptyState>
    </div>
  );
}

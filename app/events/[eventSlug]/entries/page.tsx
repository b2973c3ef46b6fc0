import Link from "next/link";
import { ask } from "@/app/ask";
import type { Query } from "@/app/reader";
import { Notice } from "@/components/auth/notice";
import { EntryList } from "@/components/entries/entry-list";
import { RequestList } from "@/components/entries/request-list";
import { EmptyState } from "@/components/shell/empty-state";
import { PageHead } from "@/components/shell/page-head";
import { Refused } from "@/components/shell/refused";
import { eventTrail } from "@/components/shell/trail";
import type { EntryLine } from "@/lib/entries/schema";
import { api } from "@/lib/trpc/server";
import { askEvent, titleOf } from "../questions";

type Props = {
  params: Promise<{ eventSlug: string }>;
  searchParams: Promise<{ done?: Query }>;
};

export async function generateMetadata({ params }: Props) {
  const event = await askEvent((await params).eventSlug);
  return event.refused === null ? titleOf("Entries", event.value.label) : titleOf("Sign in");
}

const DONE = new Map<unknown, string>([
  ["admit", "Admitted: it is on the axes and in the counts from now on."],
  ["leave", "You have left the entry. What you reported stays."],
  ["decline", "Declined. Whoever asked reads your reason on the entry's page."],
]);

const inState = (lines: readonly EntryLine[], ...states: EntryLine["state"][]) =>
  lines.filter(({ state }) => states.includes(state));

export default async function Entries({ params, searchParams }: Props) {
  const { eventSlug } = await params;
  const [event, list] = await Promise.all([
    askEvent(eventSlug),
    ask(api.entries.list({ eventSlug })),
  ]);
  if (event.refused !== null) return <Refused code={event.refused} />;
  if (list.refused !== null) return <Refused code={list.refused} />;
  const { lines, zone, mayAdmit, mayRequest } = list.value;
  const { label } = event.value;
  const [asking, admitted] = [inState(lines, "requested"), inState(lines, "admitted")];
  const gone = inState(lines, "declined", "withdrawn");
  const isDone = DONE.get((await searchParams).done);
  return (
    <div className="page">
      <PageHead trail={eventTrail(eventSlug, label)} title="Entries">
        <Ways eventSlug={eventSlug} mayRequest={mayRequest} mayAdmit={mayAdmit} />
      </PageHead>
      {isDone && <Notice kind="done">{isDone}</Notice>}
      {asking.length > 0 && (
        <section className="block" aria-labelledby="asking">
          <h2 id="asking">{mayAdmit ? "Waiting for your decision" : "Waiting for an organizer"}</h2>
          {mayAdmit ? (
            <RequestList eventSlug={eventSlug} zone={zone} lines={asking} />
          ) : (
            <EntryList eventSlug={eventSlug} caption="Yours that wait" lines={asking} />
          )}
        </section>
      )}
      <section className="block" aria-label="Entries of the event">
        {admitted.length > 0 ? (
          <EntryList eventSlug={eventSlug} caption={`Entries of ${label}`} lines={admitted} />
        ) : (
          <EmptyState title="Nobody is in yet.">
            <p>Entries appear here as projects join and are let in.</p>
          </EmptyState>
        )}
      </section>
      {gone.length > 0 && (
        <section className="block" aria-labelledby="gone">
          <h2 id="gone">Declined and withdrawn</h2>
          <EntryList eventSlug={eventSlug} caption="Declined and withdrawn" lines={gone} />
        </section>
      )}
    </div>
  );
}

type WaysProps = { eventSlug: string; mayRequest: boolean; mayAdmit: boolean };

function Ways({ eventSlug, mayRequest, mayAdmit }: WaysProps) {
  return (
    <p className="form-actions">
      {mayRequest && (
        <Link className="button button-primary" href={`/events/${eventSlug}/join`} prefetch={false}>
          Join with your project
        </Link>
      )}
      {mayAdmit && (
        <Link className="text-link" href={`/events/${eventSlug}/invitations`} prefetch={false}>
          Invite organizers and leads
        </Link>
      )}
    </p>
  );
}

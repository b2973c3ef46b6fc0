import Link from "next/link";
import type { ReactNode } from "react";
import { ask } from "@/app/ask";
import { answerIn, type Query } from "@/app/reader";
import { JoinForm } from "@/components/entries/join-form";
import { STATE_WORDS } from "@/components/entries/kinds";
import { EmptyState } from "@/components/shell/empty-state";
import { PageHead } from "@/components/shell/page-head";
import { Refused } from "@/components/shell/refused";
import { eventTrail } from "@/components/shell/trail";
import { allows } from "@/lib/auth/policy";
import { formState } from "@/lib/core/form";
import type { Joining } from "@/lib/entries/schema";
import type { Phase } from "@/lib/events/schema";
import { api } from "@/lib/trpc/server";
import { askEvent, titleOf } from "../questions";

type Props = {
  params: Promise<{ eventSlug: string }>;
  searchParams: Promise<{ answer?: Query }>;
};

export async function generateMetadata({ params }: Props) {
  const event = await askEvent((await params).eventSlug);
  return titleOf(event.refused === null ? `Join ${event.value.label}` : "Sign in");
}

export default async function Join({ params, searchParams }: Props) {
  const { eventSlug } = await params;
  const event = await askEvent(eventSlug);
  if (event.refused !== null) return <Refused code={event.refused} />;
  const { label, phase } = event.value;
  const head = <PageHead trail={eventTrail(eventSlug, label)} title={`Join ${label}`} />;
  if (!allows("entry.request", new Set(["person"]), phase))
    return <Closed head={head} phase={phase} />;
  const joining = await ask(api.entries.joining({ eventSlug }));
  if (joining.refused !== null) return <SignInFirst head={head} eventSlug={eventSlug} />;
  const [answer, projects] = await Promise.all([
    searchParams.then((query) => answerIn(query.answer)),
    api.projects.names(),
  ]);
  const state = formState("join", answer);
  const typed = state.said?.["project.name"]?.[0];
  const isAsked = state.faults["project.name"] !== undefined || state.said?.chosen !== undefined;
  const near = typed && isAsked ? await api.projects.search({ name: typed.slice(0, 80) }) : [];
  return (
    <div className="page">
      {head}
      <Mine eventSlug={eventSlug} mine={joining.value.mine} />
      <section className="block" aria-label="Join">
        <JoinForm
          eventSlug={eventSlug}
          joining={joining.value}
          projects={projects}
          near={near}
          state={state}
        />
      </section>
    </div>
  );
}

function Closed({ head, phase }: { head: ReactNode; phase: Phase }) {
  return (
    <div className="page">
      {head}
      <EmptyState title={phase === "draft" ? "Not open yet." : "Too late to join this one."}>
        <p>
          {phase === "draft"
            ? "The organizers are still preparing. Projects enter once registration opens."
            : "Projects enter during registration and testing; testing is over."}
        </p>
      </EmptyState>
    </div>
  );
}

function SignInFirst({ head, eventSlug }: { head: ReactNode; eventSlug: string }) {
  const query = new URLSearchParams({ callbackUrl: `/events/${eventSlug}/join` });
  return (
    <div className="page">
      {head}
      <EmptyState title="Sign in first; it takes a mail and no password.">
        <p>
          <Link className="text-link" href={`/sign-in?${query}`} prefetch={false}>
            Sign in
          </Link>{" "}
          and you come back here. Is your project in already? Then ask one of its people for an
          invitation link instead.
        </p>
      </EmptyState>
    </div>
  );
}

function Mine({ eventSlug, mine }: { eventSlug: string; mine: Joining["mine"] }) {
  if (mine.length === 0) return null;
  return (
    <section className="block" aria-labelledby="mine">
      <h2 id="mine">You are here already</h2>
      <ul>
        {mine.map(({ slug, name, state }) => (
          <li key={slug}>
            <Link
              className="text-link"
              href={`/events/${eventSlug}/entries/${slug}`}
              prefetch={false}
            >
              {name}
            </Link>
            : {STATE_WORDS[state]}
          </li>
        ))}
      </ul>
    </section>
  );
}

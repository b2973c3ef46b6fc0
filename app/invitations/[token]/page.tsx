import type { Metadata } from "next";
import Link from "next/link";
import { cache } from "react";
import { ask } from "@/app/ask";
import { answerIn, type Query, readerId } from "@/app/reader";
import { EmptyState } from "@/components/shell/empty-state";
import { PageHead } from "@/components/shell/page-head";
import { Refused } from "@/components/shell/refused";
import { Button } from "@/components/ui/button";
import { FormFault } from "@/components/ui/form-fields";
import { Moment } from "@/components/ui/moment";
import { formState } from "@/lib/core/form";
import { WHAT_IT_GIVES, WHY_CLOSED } from "@/lib/invitations/rules";
import { api } from "@/lib/trpc/server";

type Props = {
  params: Promise<{ token: string }>;
  searchParams: Promise<{ answer?: Query }>;
};

const askInvitation = cache((token: string) => ask(api.invitations.byToken({ token })));

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  await askInvitation((await params).token);
  return {
    title: "Invitation",
    // The address is a secret as long as nobody has used it.
    robots: { index: false, follow: false },
    referrer: "no-referrer",
  };
}

/** What a link gives, and the button that takes it: opening the page uses nothing up. */
export default async function Invitation({ params, searchParams }: Props) {
  const { token } = await params;
  const asked = await askInvitation(token);
  if (asked.refused !== null) return <Refused code={asked.refused} />;
  const invitation = asked.value;
  const { event, role, state, invitedBy, expiresAt } = invitation;
  const gives = WHAT_IT_GIVES[role](invitation.in?.name ?? "");
  const isVisitor = (await readerId()) === "";
  const told = await answerIn((await searchParams).answer);
  return (
    <div className="page">
      <PageHead title={`You are invited to ${event.label}`}>
        <p className="lead">
          {invitedBy ? `${invitedBy} invites` : "The organizers invite"} you to be <b>{gives}</b>.
        </p>
      </PageHead>
      {state === "open" ? (
        <section className="block" aria-label="Accept">
          <div className="form">
            <FormFault state={formState("accept", told)} />
            {isVisitor ? <SignInFirst token={token} /> : <Accept token={token} />}
            <p className="form-hint">
              The link works once, until <Moment at={expiresAt} zone={event.zone} />.
            </p>
          </div>
        </section>
      ) : (
        <EmptyState title="This link gives nothing any more.">
          <p>{WHY_CLOSED[state]}</p>
          <p>
            <Link className="text-link" href={`/events/${event.slug}`} prefetch={false}>
              Go to {event.label}
            </Link>
          </p>
        </EmptyState>
      )}
    </div>
  );
}

function Accept({ token }: { token: string }) {
  return (
    <form method="post" action={`/invitations/${token}/accept`}>
      <Button type="submit" className="button-primary">
        Accept
      </Button>
    </form>
  );
}

function SignInFirst({ token }: { token: string }) {
  const query = new URLSearchParams({ callbackUrl: `/invitations/${token}` });
  return (
    <p>
      <Link className="button button-primary" href={`/sign-in?${query}`} prefetch={false}>
        Sign in to accept
      </Link>
    </p>
  );
}

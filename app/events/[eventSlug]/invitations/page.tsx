import { ask } from "@/app/ask";
import { answerIn, type Query } from "@/app/reader";
import { Notice } from "@/components/auth/notice";
import { InvitationList } from "@/components/invitations/invitation-list";
import { InviteForm } from "@/components/invitations/invite-form";
import { NewLink } from "@/components/invitations/new-link";
import { EmptyState } from "@/components/shell/empty-state";
import { PageHead } from "@/components/shell/page-head";
import { Refused } from "@/components/shell/refused";
import { eventTrail } from "@/components/shell/trail";
import { formState } from "@/lib/core/form";
import type { EventPage } from "@/lib/events/schema";
import { api } from "@/lib/trpc/server";
import { askEvent, titleOf } from "../questions";
import { linkIn } from "./links";

type Props = {
  params: Promise<{ eventSlug: string }>;
  searchParams: Promise<{ answer?: Query; made?: Query; done?: Query }>;
};

export async function generateMetadata({ params }: Props) {
  const event = await askEvent((await params).eventSlug);
  return event.refused === null ? titleOf("Invitations", event.value.label) : titleOf("Sign in");
}

export default async function Invitations({ params, searchParams }: Props) {
  const { eventSlug } = await params;
  const [event, list] = await Promise.all([
    askEvent(eventSlug),
    ask(api.invitations.list({ eventSlug })),
  ]);
  if (event.refused !== null) return <Refused code={event.refused} />;
  if (list.refused !== null) return <Refused code={list.refused} />;
  const { answer, made, done } = await searchParams;
  const [told, link] = await Promise.all([answerIn(answer), linkIn(made)]);
  const { label, zone } = event.value;
  const action = `/events/${eventSlug}/invitations`;
  const options = optionsOf(event.value);
  return (
    <div className="page">
      <PageHead trail={eventTrail(eventSlug, label)} title="Invitations">
        <p className="lead">
          A link gives one role to the first person who opens it and signs in. Members of an entry
          invite their own colleagues on the entry’s page.
        </p>
      </PageHead>
      {done === "revoke" && (
        <Notice kind="done">Taken back: the link does not work any more.</Notice>
      )}
      {link && <NewLink link={link} />}
      {options.length > 0 && (
        <section className="block" aria-label="New invitation">
          <InviteForm action={action} state={formState("invite", told)} options={options} />
        </section>
      )}
      <section className="block" aria-labelledby="links">
        <h2 id="links">Links</h2>
        {list.value.length > 0 ? (
          <InvitationList action={action} zone={zone} lines={list.value} />
        ) : (
          <EmptyState title="No link yet.">
            <p>Those you make stand here, with what became of them.</p>
          </EmptyState>
        )}
      </section>
    </div>
  );
}

/** What an organizer may give; a member gives theirs on the entry's page. */
const optionsOf = ({ roles, trackLines }: EventPage) =>
  roles.includes("organizer")
    ? [
        { value: "organizer", label: "Organizer of the event" },
        ...trackLines.map(({ slug, title }) => ({
          value: `lead/${slug}`,
          label: `Lead of ${title}`,
        })),
      ]
    : [];

import { linkIn } from "@/app/events/[eventSlug]/invitations/links";
import { titleOf } from "@/app/events/[eventSlug]/questions";
import { answerIn, type Query, readerId } from "@/app/reader";
import { Notice } from "@/components/auth/notice";
import { EditSections, PartLinks } from "@/components/entries/edit-sections";
import { EntryMarks } from "@/components/entries/entry-marks";
import { EntryStateNote } from "@/components/entries/entry-state";
import { PeopleSection } from "@/components/entries/people-section";
import { PageHead } from "@/components/shell/page-head";
import { Refused } from "@/components/shell/refused";
import { eventTrail } from "@/components/shell/trail";
import { formState } from "@/lib/core/form";
import { api } from "@/lib/trpc/server";
import { askEntry } from "../questions";

type Props = {
  params: Promise<{ eventSlug: string; entrySlug: string }>;
  searchParams: Promise<{ done?: Query; answer?: Query; made?: Query }>;
};

export async function generateMetadata({ params }: Props) {
  const { eventSlug, entrySlug } = await params;
  const entry = await askEntry(eventSlug, entrySlug);
  return titleOf(entry.refused === null ? `Change ${entry.value.name}` : "Sign in");
}

const DONE = new Map<unknown, string>([
  ["details", "Saved."],
  ["kind", "Saved."],
  ["roles", "Tracks and roles are saved; the matrices show them."],
  ["build", "The build is named, and current."],
  ["current", "That build is current now."],
  ["describe-build", "What is said of the build is saved."],
  ["capabilities", "What it can do is saved."],
  ["endpoint", "The endpoint is added."],
  ["remove-endpoint", "The endpoint is gone."],
  ["consent", "Your consent is saved."],
  ["remove-member", "They are no member any more."],
  ["revoke", "Taken back: that link does not work any more."],
]);

export default async function EditEntry({ params, searchParams }: Props) {
  const { eventSlug, entrySlug } = await params;
  const asked = await askEntry(eventSlug, entrySlug);
  if (asked.refused !== null) return <Refused code={asked.refused} />;
  const entry = asked.value;
  if (!Object.values(entry.may).some(Boolean)) {
    return <Refused code={(await readerId()) === "" ? "UNAUTHORIZED" : "FORBIDDEN"} />;
  }
  const query = await searchParams;
  const [told, link, invitations] = await Promise.all([
    answerIn(query.answer),
    linkIn(query.made),
    entry.may.invite ? api.invitations.list({ eventSlug, entrySlug }) : null,
  ]);
  const stateOf = (form: string) => formState(form, told);
  const here = `/events/${eventSlug}/entries/${entrySlug}`;
  const isDone = DONE.get(query.done);
  return (
    <div className="page">
      <PageHead
        trail={eventTrail(
          eventSlug,
          entry.event.label,
          { href: `/events/${eventSlug}/entries`, label: "Entries" },
          { href: here, label: entry.name },
        )}
        title={`Change ${entry.name}`}
        beside={<EntryMarks entry={entry} />}
      >
        <PartLinks may={entry.may} />
      </PageHead>
      {isDone && <Notice kind="done">{isDone}</Notice>}
      <EntryStateNote entry={entry} />
      <EditSections entry={entry} action={`${here}/edit`} stateOf={stateOf} />
      <PeopleSection
        entry={entry}
        action={`${here}/edit`}
        stateOf={stateOf}
        link={link}
        invitations={invitations}
      />
    </div>
  );
}

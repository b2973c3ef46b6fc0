import Link from "next/link";
import type { ReactNode } from "react";
import { answerIn, type Query } from "@/app/reader";
import { Notice } from "@/components/auth/notice";
import { BuildTable } from "@/components/entries/build-table";
import { CapabilityTable } from "@/components/entries/capability-table";
import { EndpointTable } from "@/components/entries/endpoint-table";
import { EntryMarks } from "@/components/entries/entry-marks";
import { EntryStateNote } from "@/components/entries/entry-state";
import { MemberList } from "@/components/entries/member-list";
import { PlayedRoles } from "@/components/entries/played-roles";
import { Decision } from "@/components/entries/request-list";
import { PageHead } from "@/components/shell/page-head";
import { Refused } from "@/components/shell/refused";
import { eventTrail } from "@/components/shell/trail";
import { FormFault } from "@/components/ui/form-fields";
import { formState } from "@/lib/core/form";
import type { EntryPage } from "@/lib/entries/schema";
import { titleOf } from "../../questions";
import { askEntry } from "./questions";

type Props = {
  params: Promise<{ eventSlug: string; entrySlug: string }>;
  searchParams: Promise<{ done?: Query; answer?: Query }>;
};

export async function generateMetadata({ params }: Props) {
  const { eventSlug, entrySlug } = await params;
  const entry = await askEntry(eventSlug, entrySlug);
  return entry.refused === null
    ? titleOf(entry.value.name, entry.value.event.label)
    : titleOf("Sign in");
}

const DONE = new Map<unknown, string>([
  ["admitted", "You are in. Look it over below; everything can still be changed."],
  ["accepted", "You are a member of this entry now."],
  ["requested", "Asked. An organizer decides; you see it here."],
  ["withdraw", "Withdrawn. Entering the project again brings it back."],
]);

export default async function Entry({ params, searchParams }: Props) {
  const { eventSlug, entrySlug } = await params;
  const answer = await askEntry(eventSlug, entrySlug);
  if (answer.refused !== null) return <Refused code={answer.refused} />;
  const entry = answer.value;
  const { event, project, may } = entry;
  const query = await searchParams;
  const isDone = DONE.get(query.done);
  const told = await answerIn(query.answer);
  const here = `/events/${event.slug}/entries/${entry.slug}`;
  return (
    <div className="page">
      <PageHead
        trail={eventTrail(event.slug, event.label, {
          href: `/events/${event.slug}/entries`,
          label: "Entries",
        })}
        title={entry.name}
        beside={<EntryMarks entry={entry} />}
      >
        <p className="form-actions">
          <Link className="text-link" href={`/projects/${project.slug}`} prefetch={false}>
            {project.name} through its events
          </Link>
          {may.edit && (
            <Link className="button" href={`${here}/edit`} prefetch={false}>
              Change
            </Link>
          )}
        </p>
        {entry.note && <p className="lead">{entry.note}</p>}
      </PageHead>
      {isDone && <Notice kind="done">{isDone}</Notice>}
      <EntryStateNote entry={entry} />
      {entry.state === "requested" && may.admit && (
        <>
          <FormFault state={formState("decline", told)} />
          <Decision eventSlug={event.slug} entrySlug={entry.slug} name={entry.name} />
        </>
      )}
      <Sections entry={entry} />
    </div>
  );
}

function Sections({ entry }: { entry: EntryPage }) {
  const { event, builds, capabilities, endpoints, members } = entry;
  return (
    <>
      <Section title="Tracks and roles" isEmpty={!entry.choices.some(({ isIn }) => isIn)}>
        <PlayedRoles eventSlug={event.slug} entrySlug={entry.slug} choices={entry.choices} />
      </Section>
      <Section title="Builds" isEmpty={builds.length === 0}>
        <BuildTable builds={builds} zone={event.zone} />
      </Section>
      <Section title="What it can do" isEmpty={capabilities.length === 0}>
        <CapabilityTable capabilities={capabilities} choices={entry.choices} />
      </Section>
      {endpoints && (
        <Section title="Where to reach it" isEmpty={endpoints.length === 0}>
          <EndpointTable endpoints={endpoints} removeAt={null} />
        </Section>
      )}
      {members && (
        <Section title="People" isEmpty={members.length === 0}>
          <MemberList members={members} removeAt={null} />
        </Section>
      )}
    </>
  );
}

type SectionProps = { title: string; isEmpty: boolean; children: ReactNode };

function Section({ title, isEmpty, children }: SectionProps) {
  return (
    <section className="block" aria-label={title}>
      <h2>{title}</h2>
      {isEmpty ? <p className="text-faint">Nothing told yet.</p> : children}
    </section>
  );
}

import Link from "next/link";
import { titleOf } from "@/app/events/[eventSlug]/questions";
import { answerIn, type Query } from "@/app/reader";
import { Notice } from "@/components/auth/notice";
import { PageHead } from "@/components/shell/page-head";
import { Refused } from "@/components/shell/refused";
import { eventTrail } from "@/components/shell/trail";
import { AddBlockForm } from "@/components/summaries/block-form";
import { BlockTable } from "@/components/summaries/block-table";
import { CheckList } from "@/components/summaries/check-list";
import { DeskNumbers } from "@/components/summaries/desk-numbers";
import { VersionList } from "@/components/summaries/version-list";
import { formState } from "@/lib/core/form";
import { askDesk } from "../questions";

type Props = {
  params: Promise<{ eventSlug: string }>;
  searchParams: Promise<{ answer?: Query; done?: Query }>;
};

const DONE = new Map<unknown, string>([
  ["save", "The text is saved."],
  ["add", "The text is added; write it from the list."],
  ["remove", "The text is gone."],
  ["publish", "Published. Everybody can read it now."],
]);

export async function generateMetadata({ params }: Props) {
  const desk = await askDesk((await params).eventSlug);
  return desk.refused === null ? titleOf("Summary desk", desk.value.label) : titleOf("Sign in");
}

export default async function SummaryDesk({ params, searchParams }: Props) {
  const { eventSlug } = await params;
  const asked = await askDesk(eventSlug);
  if (asked.refused !== null) return <Refused code={asked.refused} />;
  const desk = asked.value;
  const { answer, done } = await searchParams;
  const isDone = DONE.get(done);
  const summary = `/events/${eventSlug}/summary`;
  return (
    <div className="page">
      <PageHead trail={eventTrail(eventSlug, desk.label)} title="Summary desk">
        <p className="lead">
          The numbers are counted anew whenever somebody looks. What the account says in words is
          written here, by the leads and the organizers.
        </p>
        <p className="form-actions">
          <Link className="button" href={`${summary}/preview`} prefetch={false}>
            Preview{desk.isOrganizer ? " and publish" : ""}
          </Link>
          {desk.versions.length > 0 && (
            <Link className="text-link" href={summary} prefetch={false}>
              What is published
            </Link>
          )}
        </p>
      </PageHead>
      {isDone && <Notice kind="done">{isDone}</Notice>}
      <section className="block" aria-labelledby="texts">
        <h2 id="texts">Texts</h2>
        <BlockTable eventSlug={eventSlug} desk={desk} />
        {desk.isOrganizer && (
          <details className="form-more" open={answer !== undefined}>
            <summary>Add a text</summary>
            <AddBlockForm
              action={`${summary}/desk/add`}
              state={formState("add", await answerIn(answer))}
              tracks={desk.tracks}
            />
          </details>
        )}
      </section>
      <section className="block" aria-labelledby="checks">
        <h2 id="checks">Before publishing</h2>
        <CheckList checks={desk.checks} />
      </section>
      <section className="block" aria-labelledby="numbers">
        <h2 id="numbers">Numbers as they would be published now</h2>
        <DeskNumbers eventSlug={eventSlug} desk={desk} />
      </section>
      {desk.versions.length > 0 && (
        <section className="block" aria-labelledby="versions">
          <h2 id="versions">Published versions</h2>
          <VersionList eventSlug={eventSlug} zone={desk.zone} versions={desk.versions} />
        </section>
      )}
    </div>
  );
}

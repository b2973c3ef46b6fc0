import Link from "next/link";
import { titleOf } from "@/app/events/[eventSlug]/questions";
import { answerIn, type Query } from "@/app/reader";
import { PageHead } from "@/components/shell/page-head";
import { Refused } from "@/components/shell/refused";
import { eventTrail } from "@/components/shell/trail";
import { PublishForm } from "@/components/summaries/publish-form";
import { SummaryView } from "@/components/summaries/summary-view";
import { formState } from "@/lib/core/form";
import type { Preview } from "@/lib/summaries/schema";
import { askPreview } from "../questions";

type Props = {
  params: Promise<{ eventSlug: string }>;
  searchParams: Promise<{ answer?: Query }>;
};

export async function generateMetadata({ params }: Props) {
  const preview = await askPreview((await params).eventSlug);
  if (preview.refused !== null) return titleOf("Sign in");
  return titleOf("Preview of the summary", preview.value.body.event.label);
}

export default async function SummaryPreview({ params, searchParams }: Props) {
  const { eventSlug } = await params;
  const asked = await askPreview(eventSlug);
  if (asked.refused !== null) return <Refused code={asked.refused} />;
  const preview = asked.value;
  const { label } = preview.body.event;
  const here = `/events/${eventSlug}/summary`;
  return (
    <div className="page">
      <PageHead
        trail={eventTrail(eventSlug, label, { href: `${here}/desk`, label: "Summary desk" })}
        title={`Preview: summary of ${label}`}
      />
      <section className="preview-bar no-print" aria-label="Publish">
        <p>
          Below stands what everybody would read, drawn as it would be drawn.{" "}
          {preview.checks > 0 && (
            <Link className="text-link" href={`${here}/desk#checks`} prefetch={false}>
              {preview.checks === 1 ? "One thing" : `${preview.checks} things`} to look at first
            </Link>
          )}
        </p>
        {preview.mayPublish ? (
          <PublishForm
            action={`${here}/preview/publish`}
            state={formState("publish", await answerIn((await searchParams).answer))}
            preview={preview}
          />
        ) : (
          <p className="text-soft">{whyNot(preview)}</p>
        )}
      </section>
      <SummaryView body={preview.body} />
    </div>
  );
}

function whyNot({ isOrganizer, phase }: Preview): string {
  if (!isOrganizer) {
    return "The organizers publish. Texts of restricted tracks that you do not lead are left out here.";
  }
  return `A summary is published from review; the event is in ${phase}. End testing in the event's settings first.`;
}

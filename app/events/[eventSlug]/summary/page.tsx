import Link from "next/link";
import { EmptyState } from "@/components/shell/empty-state";
import { PageHead } from "@/components/shell/page-head";
import { Refused } from "@/components/shell/refused";
import { eventTrail } from "@/components/shell/trail";
import { PublishedPage } from "@/components/summaries/published-page";
import { titleOf } from "../questions";
import { askLatest } from "./questions";

type Props = { params: Promise<{ eventSlug: string }> };

export async function generateMetadata({ params }: Props) {
  const latest = await askLatest((await params).eventSlug);
  const label = latest.refused === null ? latest.value?.body.event.label : undefined;
  return label === undefined ? titleOf("Summary") : titleOf("Summary", label);
}

export default async function Summary({ params }: Props) {
  const { eventSlug } = await params;
  const latest = await askLatest(eventSlug);
  if (latest.refused !== null) return <Refused code={latest.refused} />;
  if (latest.value) return <PublishedPage summary={latest.value} />;
  const desk = `/events/${eventSlug}/summary/desk`;
  return (
    <div className="page">
      <PageHead trail={eventTrail(eventSlug, "The event")} title="Summary" />
      <EmptyState title="Not published yet.">
        <p>
          Visitors find no page here. The numbers are ready at any time; texts are written at the{" "}
          <Link className="text-link" href={desk} prefetch={false}>
            summary desk
          </Link>
          .
        </p>
      </EmptyState>
    </div>
  );
}

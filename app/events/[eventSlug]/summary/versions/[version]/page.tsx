import { notFound } from "next/navigation";
import { titleOf } from "@/app/events/[eventSlug]/questions";
import { Refused } from "@/components/shell/refused";
import { PublishedPage } from "@/components/summaries/published-page";
import { askVersion } from "../../questions";

type Props = { params: Promise<{ eventSlug: string; version: string }> };

async function askFor({ params }: Props) {
  const { eventSlug, version } = await params;
  return /^[1-9]\d{0,4}$/.test(version) ? askVersion(eventSlug, Number(version)) : notFound();
}

export async function generateMetadata(props: Props) {
  const answer = await askFor(props);
  if (answer.refused !== null) return titleOf("Summary");
  const { version, body } = answer.value;
  return titleOf(`Summary, version ${version}`, body.event.label);
}

export default async function SummaryVersion(props: Props) {
  const answer = await askFor(props);
  if (answer.refused !== null) return <Refused code={answer.refused} />;
  return <PublishedPage summary={answer.value} />;
}

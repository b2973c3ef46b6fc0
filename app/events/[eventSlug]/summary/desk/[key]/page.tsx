import { titleOf } from "@/app/events/[eventSlug]/questions";
import { answerIn, type Query } from "@/app/reader";
import { PageHead } from "@/components/shell/page-head";
import { Refused } from "@/components/shell/refused";
import { eventTrail } from "@/components/shell/trail";
import { BlockForm } from "@/components/summaries/block-form";
import { Button } from "@/components/ui/button";
import { Markdown } from "@/components/ui/markdown";
import { formState } from "@/lib/core/form";
import { askBlock } from "../../questions";

type Props = {
  params: Promise<{ eventSlug: string; key: string }>;
  searchParams: Promise<{ answer?: Query }>;
};

export async function generateMetadata({ params }: Props) {
  const { eventSlug, key } = await params;
  const asked = await askBlock(eventSlug, decodeURIComponent(key));
  return asked.refused === null
    ? titleOf(asked.value.block.title, "Summary desk")
    : titleOf("Sign in");
}

export default async function SummaryBlock({ params, searchParams }: Props) {
  const { eventSlug, key } = await params;
  const asked = await askBlock(eventSlug, decodeURIComponent(key));
  if (asked.refused !== null) return <Refused code={asked.refused} />;
  const { block, label, people, isOrganizer } = asked.value;
  const state = formState("block", await answerIn((await searchParams).answer));
  const desk = `/events/${eventSlug}/summary/desk`;
  const isExtra = block.key === block.id;
  return (
    <div className="page">
      <PageHead
        trail={eventTrail(eventSlug, label, { href: desk, label: "Summary desk" })}
        title={block.title}
      />
      {block.mayWrite ? (
        <BlockForm
          action={`${desk}/${block.key}`}
          state={state}
          block={block}
          people={isOrganizer ? people : []}
        />
      ) : (
        <p className="text-soft">
          The leads of its track, whoever it is given to and the organizers write this text.
        </p>
      )}
      {block.body !== "" && (
        <section className="block" aria-labelledby="stands">
          <h2 id="stands">As it stands{block.updatedBy ? `, by ${block.updatedBy}` : ""}</h2>
          <div className="as-it-stands">
            <Markdown text={block.body} />
          </div>
        </section>
      )}
      {isExtra && isOrganizer && (
        <form method="post" action={`${desk}/${block.key}/remove`} className="block">
          <Button type="submit">Take this text away</Button>
        </form>
      )}
    </div>
  );
}

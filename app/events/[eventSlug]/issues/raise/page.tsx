import { randomUUID } from "node:crypto";
import { answerIn, type Query } from "@/app/reader";
import { RaiseForm } from "@/components/issues/raise-form";
import { PageHead } from "@/components/shell/page-head";
import { Refused } from "@/components/shell/refused";
import { eventTrail } from "@/components/shell/trail";
import { formState } from "@/lib/core/form";
import { askEvent, titleOf } from "../../questions";
import { askRaising } from "../questions";

type Props = {
  params: Promise<{ eventSlug: string }>;
  searchParams: Promise<{ cell?: Query; track?: Query; answer?: Query }>;
};

// Asks what the page asks: a cell that is not there is a 404 before anything is sent.
export async function generateMetadata({ params, searchParams }: Props) {
  await askRaising((await params).eventSlug, one((await searchParams).cell));
  return titleOf("Raise an issue");
}

export default async function Raise({ params, searchParams }: Props) {
  const { eventSlug } = await params;
  const query = await searchParams;
  const state = formState("raise", await answerIn(query.answer));
  // A form that comes back has the cell among its fields.
  const cell = state.said?.["issue.cell"]?.[0] ?? one(query.cell);
  const [event, raising] = await Promise.all([askEvent(eventSlug), askRaising(eventSlug, cell)]);
  if (event.refused !== null) return <Refused code={event.refused} />;
  if (raising.refused !== null) return <Refused code={raising.refused} />;
  return (
    <div className="page">
      <PageHead
        trail={eventTrail(eventSlug, event.value.label, {
          href: `/events/${eventSlug}/issues`,
          label: "Issues",
        })}
        title="Raise an issue"
      />
      <section className="block" aria-label="Raise an issue">
        <RaiseForm
          eventSlug={eventSlug}
          raising={raising.value}
          track={one(query.track) ?? ""}
          state={state}
          id={randomUUID()}
        />
      </section>
    </div>
  );
}

const one = (value: Query) => (Array.isArray(value) ? value[0] : value);

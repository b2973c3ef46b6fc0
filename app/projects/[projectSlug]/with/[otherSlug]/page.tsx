import Link from "next/link";
import { redirect } from "next/navigation";
import { CoupleCells } from "@/components/couples/couple-cells";
import { coupleHref } from "@/components/couples/couple-href";
import { TurnList } from "@/components/couples/turn-list";
import { EmptyState } from "@/components/shell/empty-state";
import { PageHead } from "@/components/shell/page-head";
import { Refused } from "@/components/shell/refused";
import { assignmentsIn, coupleWords, turnsIn } from "@/lib/couples/rules";
import type { Couple, CoupleEvent } from "@/lib/couples/schema";
import { askCouple } from "../../questions";

type Props = { params: Promise<{ projectSlug: string; otherSlug: string }> };

const titleOf = ({ projects: [one, other] }: Couple) => `${one.name} with ${other.name}`;

export async function generateMetadata({ params }: Props) {
  const { projectSlug, otherSlug } = await params;
  const couple = await askCouple(projectSlug, otherSlug);
  if (couple.refused !== null) return { title: "Sign in" };
  return {
    title: titleOf(couple.value),
    alternates: { canonical: coupleHref(projectSlug, otherSlug) },
  };
}

export default async function CouplePage({ params }: Props) {
  const { projectSlug, otherSlug } = await params;
  const asked = await askCouple(projectSlug, otherSlug);
  if (asked.refused !== null) return <Refused code={asked.refused} />;
  if (projectSlug > otherSlug) redirect(coupleHref(projectSlug, otherSlug));
  const couple = asked.value;
  const [one, other] = couple.projects;
  const turns = turnsIn(couple);
  return (
    <div className="page">
      <PageHead
        trail={[
          { href: "/projects", label: "Projects" },
          { href: `/projects/${one.slug}`, label: one.name },
        ]}
        title={`Does ${one.name} work with ${other.name}?`}
      >
        <p className="lead">{coupleWords(couple)}</p>
        <p>
          <Link className="text-link" href={`/projects/${other.slug}`} prefetch={false}>
            {other.name} through its events
          </Link>
        </p>
      </PageHead>
      {turns.length > 0 && (
        <section className="block" aria-labelledby="turns">
          <h2 id="turns">Between the editions</h2>
          <TurnList turns={turns} />
        </section>
      )}
      {couple.events.map((event) => (
        <EventSection key={event.slug} event={event} />
      ))}
      {couple.events.length === 0 && (
        <EmptyState title="Nothing of the two together.">
          <p>
            Their cells stand here once they have a result in a matrix that you may see. Who takes
            part in an event and may see more of it has to be signed in.
          </p>
        </EmptyState>
      )}
      <p className="data-note">
        <a className="text-link" href={`/api/v1${coupleHref(one.slug, other.slug)}/couple.json`}>
          JSON
        </a>
      </p>
    </div>
  );
}

function EventSection({ event }: { event: CoupleEvent }) {
  return (
    <section className="block" aria-labelledby={event.slug}>
      <h2 id={event.slug}>
        <Link className="text-link" href={`/events/${event.slug}`} prefetch={false}>
          {event.label}
        </Link>
      </h2>
      {event.tracks.map(({ slug, title, cells }) => (
        <section key={slug} className="couple-track" aria-labelledby={`${event.slug}--${slug}`}>
          <h3 id={`${event.slug}--${slug}`}>
            <Link
              className="text-link"
              href={`/events/${event.slug}/tracks/${slug}`}
              prefetch={false}
            >
              {title}
            </Link>
          </h3>
          {assignmentsIn(cells).map(([assignment, some]) => (
            <CoupleCells key={assignment} caption={assignment} cells={some} zone={event.zone} />
          ))}
        </section>
      ))}
    </section>
  );
}

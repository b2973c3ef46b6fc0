import { cache } from "react";
import { ask } from "@/app/ask";
import { answerIn, type Query } from "@/app/reader";
import { Notice } from "@/components/auth/notice";
import { ViewList } from "@/components/saved-views/view-list";
import { EmptyState } from "@/components/shell/empty-state";
import { PageHead } from "@/components/shell/page-head";
import { Refused } from "@/components/shell/refused";
import { eventTrail } from "@/components/shell/trail";
import { groupBy } from "@/lib/core/group";
import { api } from "@/lib/trpc/server";
import { askHead, titleOf } from "../questions";

type Props = {
  params: Promise<{ eventSlug: string }>;
  searchParams: Promise<{ answer?: Query; done?: Query }>;
};

// Asked once per request, though the page and its title both want to know.
const askViews = cache((eventSlug: string) => ask(api.savedViews.list({ eventSlug })));

async function askAll({ params }: Pick<Props, "params">) {
  const { eventSlug } = await params;
  return Promise.all([askHead(eventSlug), askViews(eventSlug)]);
}

export async function generateMetadata(props: Pick<Props, "params">) {
  const [event, views] = await askAll(props);
  if (event.refused !== null || views.refused !== null) return titleOf("Sign in");
  return titleOf("Saved views", event.value.label);
}

const DONE = new Map<unknown, string>([
  ["rename", "Renamed."],
  ["share", "Shared: it stands on the matrix of its track for everybody who sees it."],
  ["remove", "Deleted."],
]);

export default async function ViewsPage(props: Props) {
  const [event, views] = await askAll(props);
  if (event.refused !== null) return <Refused code={event.refused} />;
  if (views.refused !== null) return <Refused code={views.refused} />;
  const { answer, done } = await props.searchParams;
  const told = await answerIn(answer);
  const { slug, label } = event.value;
  const isDone = DONE.get(done);
  return (
    <div className="page">
      <PageHead trail={eventTrail(slug, label)} title="Saved views">
        <p className="lead">
          The matrix as somebody filtered and ordered it, under a name. What is yours nobody else
          sees; what is for everybody here was made by an organizer or a lead.
        </p>
      </PageHead>
      {isDone && <Notice kind="done">{isDone}</Notice>}
      {/* What a form was told of a view that is gone since then. */}
      {told && !views.value.some(({ id }) => told.form.endsWith(id)) && (
        <Notice kind="refused">{told.message ?? Object.values(told.faults).join(" ")}</Notice>
      )}
      {views.value.length === 0 && (
        <EmptyState title="No saved view yet.">
          <p>
            Filter or order the matrix of a track, open <em>Saved views</em> below its filters, and
            give what you see a name.
          </p>
        </EmptyState>
      )}
      {[...groupBy(views.value, ({ track }) => track.slug)].map(([track, own]) => (
        <section key={track} className="block" aria-labelledby={`track-${track}`}>
          <h2 id={`track-${track}`}>{own[0]?.track.title}</h2>
          <ViewList eventPath={`/events/${slug}`} views={own} answer={told} />
        </section>
      ))}
    </div>
  );
}

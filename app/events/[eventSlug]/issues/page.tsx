import Link from "next/link";
import { ask } from "@/app/ask";
import { IssueFilters, isFiltered } from "@/components/issues/issue-filters";
import { IssueTable } from "@/components/issues/issue-table";
import { ListKeys } from "@/components/issues/list-keys";
import { EmptyState } from "@/components/shell/empty-state";
import { NoMatch } from "@/components/shell/no-match";
import { PageHead } from "@/components/shell/page-head";
import { Refused } from "@/components/shell/refused";
import { eventTrail } from "@/components/shell/trail";
import type { IssueList, IssueView } from "@/lib/issues/schema";
import { api } from "@/lib/trpc/server";
import { askEvent, titleOf } from "../questions";
import { readIssueView, type SearchParams, viewQuery } from "./view";

type Props = { params: Promise<{ eventSlug: string }>; searchParams: Promise<SearchParams> };

export async function generateMetadata({ params }: Props) {
  const event = await askEvent((await params).eventSlug);
  return event.refused === null ? titleOf("Issues", event.value.label) : titleOf("Sign in");
}

export default async function Issues({ params, searchParams }: Props) {
  const { eventSlug } = await params;
  const view = readIssueView(await searchParams);
  const [event, answer] = await Promise.all([
    askEvent(eventSlug),
    ask(api.issues.list({ eventSlug, view })),
  ]);
  if (event.refused !== null) return <Refused code={event.refused} />;
  if (answer.refused !== null) return <Refused code={answer.refused} />;
  const list = answer.value;
  const here = `/events/${eventSlug}/issues`;
  const [track] = view.track?.length === 1 ? view.track : [];
  return (
    <div className="page">
      <PageHead trail={eventTrail(eventSlug, event.value.label)} title="Issues">
        {list.mayRaise && (
          <p className="form-actions no-print">
            <Link
              className="button button-primary"
              href={`${here}/raise${track ? `?track=${track}` : ""}`}
              prefetch={false}
            >
              Raise an issue
            </Link>
            <span className="form-hint">
              From a cell’s page it is quicker: what is known of it is filled in there.
            </span>
          </p>
        )}
      </PageHead>
      {list.total > 0 && <IssueFilters view={view} list={list} />}
      {list.lines.length > 0 ? (
        <section aria-label="Issues">
          <IssueTable eventSlug={eventSlug} zone={list.zone} lines={list.lines} />
          <Foot eventSlug={eventSlug} view={view} list={list} />
        </section>
      ) : (
        <Nothing view={view} total={list.total} />
      )}
    </div>
  );
}

function Nothing({ view, total }: { view: IssueView; total: number }) {
  return total > 0 && isFiltered(view) ? (
    <NoMatch one="issue" />
  ) : (
    <EmptyState title="No issue yet.">
      <p>Those who take part raise them here, or from the page of a cell that does not work.</p>
    </EmptyState>
  );
}

type FootProps = { eventSlug: string; view: IssueView; list: IssueList };

function Foot({ eventSlug, view, list: { lines, total } }: FootProps) {
  const data = `/api/v1/events/${eventSlug}/issues`;
  const query = viewQuery(view);
  return (
    <div className="issue-keys">
      <p>
        {lines.length === total ? `${total} in all.` : `${lines.length} of ${total}.`} The same as
        data:{" "}
        <a className="text-link" href={`${data}.csv${query}`}>
          issues.csv
        </a>
        ,{" "}
        <a className="text-link" href={`${data}.json${query}`}>
          issues.json
        </a>
      </p>
      <ListKeys />
    </div>
  );
}

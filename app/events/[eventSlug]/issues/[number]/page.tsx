import { randomUUID } from "node:crypto";
import { answerIn, type Query } from "@/app/reader";
import { Notice } from "@/components/auth/notice";
import { IssueCredits, IssueLinks } from "@/components/issues/attached";
import { Comments } from "@/components/issues/comments";
import { FactsForm } from "@/components/issues/facts-form";
import { IssueCells } from "@/components/issues/issue-cells";
import { IssueFactList } from "@/components/issues/issue-facts";
import { StateForm } from "@/components/issues/state-form";
import { StateMark } from "@/components/issues/state-mark";
import { PageHead } from "@/components/shell/page-head";
import { Refused } from "@/components/shell/refused";
import { eventTrail } from "@/components/shell/trail";
import { Badge } from "@/components/ui/badge";
import { Markdown } from "@/components/ui/markdown";
import { formState } from "@/lib/core/form";
import { api } from "@/lib/trpc/server";
import { askEvent, titleOf } from "../../questions";
import { askIssue } from "../questions";

type Props = {
  params: Promise<{ eventSlug: string; number: string }>;
  searchParams: Promise<{ done?: Query; answer?: Query }>;
};

export async function generateMetadata({ params }: Pick<Props, "params">) {
  const { eventSlug, number } = await params;
  const [event, issue] = await Promise.all([askEvent(eventSlug), askIssue(eventSlug, number)]);
  if (event.refused !== null || issue.refused !== null) return titleOf("Sign in");
  return titleOf(`#${issue.value.number} ${issue.value.title}`, event.value.label);
}

const DONE = new Map<unknown, string>([
  ["raise", "The issue is raised. Add links, credits and cells as you find them."],
  ["state", "The state is saved."],
  ["edit", "Saved."],
  ["link", "The link is added."],
  ["unlink", "The link is gone."],
  ["credit", "The credit is added."],
  ["uncredit", "The credit is gone."],
  ["cell", "The cell is added."],
  ["remove-cell", "The cell is taken off."],
  ["comment", "Your comment is there."],
]);

export default async function Issue({ params, searchParams }: Props) {
  const { eventSlug, number } = await params;
  const [event, answer] = await Promise.all([askEvent(eventSlug), askIssue(eventSlug, number)]);
  if (event.refused !== null) return <Refused code={event.refused} />;
  if (answer.refused !== null) return <Refused code={answer.refused} />;
  const issue = answer.value;
  const query = await searchParams;
  const [told, choices] = await Promise.all([
    answerIn(query.answer),
    issue.may.edit ? api.issues.raising({ eventSlug }) : null,
  ]);
  const stateOf = (form: string) => formState(form, told);
  const action = `/events/${eventSlug}/issues/${issue.number}`;
  const isDone = DONE.get(query.done);
  const shared = { issue, action };
  return (
    <div className="page">
      <PageHead
        trail={eventTrail(eventSlug, event.value.label, {
          href: `/events/${eventSlug}/issues`,
          label: "Issues",
        })}
        title={
          <>
            <span className="issue-number">#{issue.number}</span> {issue.title}
          </>
        }
        beside={
          <>
            <StateMark state={issue.state} />
            {issue.track?.restricted && <Badge>restricted</Badge>}
          </>
        }
      />
      {isDone && <Notice kind="done">{isDone}</Notice>}
      <div className="event-band">
        <IssueFactList eventSlug={eventSlug} issue={issue} />
      </div>
      {issue.body && (
        <div className="issue-body">
          <Markdown text={issue.body} />
        </div>
      )}
      <IssueCells {...shared} eventSlug={eventSlug} state={stateOf("cell")} />
      <IssueLinks {...shared} stateOf={stateOf} />
      <IssueCredits {...shared} stateOf={stateOf} />
      <Comments {...shared} state={stateOf("comment")} id={randomUUID()} />
      {choices && <StateForm {...shared} state={stateOf("state")} />}
      {choices && <FactsForm {...shared} {...choices} state={stateOf("edit")} />}
    </div>
  );
}

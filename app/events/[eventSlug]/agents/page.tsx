import Link from "next/link";
import { ask } from "@/app/ask";
import { answerIn, type Query } from "@/app/reader";
import { AgentForm } from "@/components/agents/agent-form";
import { AgentTable } from "@/components/agents/agent-table";
import { EmptyState } from "@/components/shell/empty-state";
import { PageHead } from "@/components/shell/page-head";
import { Refused } from "@/components/shell/refused";
import { eventTrail } from "@/components/shell/trail";
import { formState } from "@/lib/core/form";
import { api } from "@/lib/trpc/server";
import { askEvent, titleOf } from "../questions";

type Props = {
  params: Promise<{ eventSlug: string }>;
  searchParams: Promise<{ answer?: Query }>;
};

export async function generateMetadata({ params }: Props) {
  await askEvent((await params).eventSlug);
  return titleOf("Agents");
}

export default async function Agents({ params, searchParams }: Props) {
  const { eventSlug } = await params;
  const [event, list] = await Promise.all([
    askEvent(eventSlug),
    ask(api.agents.list({ eventSlug })),
  ]);
  if (event.refused !== null) return <Refused code={event.refused} />;
  if (list.refused !== null) return <Refused code={list.refused} />;
  const told = await answerIn((await searchParams).answer);
  const { agents, zone, entries, mayMakeNeutral } = list.value;
  const page = `/events/${eventSlug}/agents`;
  return (
    <div className="page">
      <PageHead trail={eventTrail(eventSlug, event.value.label)} title="Agents">
        <p className="lead">
          An agent is a machine that pushes results. Its token says for which entry it speaks; no
          flag and no file can change that. What it may say is in the{" "}
          <Link className="text-link" href="/docs/api" prefetch={false}>
            API’s description
          </Link>
          .
        </p>
      </PageHead>
      <section className="block" aria-labelledby="agents">
        <h2 id="agents">{mayMakeNeutral ? "All agents" : "Your agents"}</h2>
        {agents.length > 0 ? (
          <AgentTable eventSlug={eventSlug} zone={zone} agents={agents} />
        ) : (
          <EmptyState title="No agent yet.">
            <p>Make one below, and give its token to the machine that runs the tests.</p>
          </EmptyState>
        )}
      </section>
      {(entries.length > 0 || mayMakeNeutral) && (
        <section className="block" aria-labelledby="new">
          <h2 id="new">New agent</h2>
          <AgentForm
            action={`${page}/create`}
            state={formState("create", told)}
            list={list.value}
          />
        </section>
      )}
    </div>
  );
}

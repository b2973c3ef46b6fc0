import { answerIn, type Query } from "@/app/reader";
import { LastSeen, leftOut } from "@/components/agents/agent-table";
import { NewToken } from "@/components/agents/new-token";
import { RunTable } from "@/components/agents/run-table";
import { TokenFields } from "@/components/agents/token-fields";
import { TokenTable } from "@/components/agents/token-table";
import { TurnedDownTable } from "@/components/agents/turned-down-table";
import { Notice } from "@/components/auth/notice";
import { EmptyState } from "@/components/shell/empty-state";
import { PageHead } from "@/components/shell/page-head";
import { Refused } from "@/components/shell/refused";
import { eventTrail } from "@/components/shell/trail";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Facts } from "@/components/ui/facts";
import { FormFault } from "@/components/ui/form-fields";
import { Moment } from "@/components/ui/moment";
import { clockWords } from "@/lib/agents/rules";
import type { AgentLine } from "@/lib/agents/schema";
import { env } from "@/lib/core/env";
import { type FormAnswer, formState } from "@/lib/core/form";
import { askAgent, askEvent, titleOf } from "../../questions";
import { tokenIn } from "../tokens";

type Props = {
  params: Promise<{ eventSlug: string; agentId: string }>;
  searchParams: Promise<{ answer?: Query; made?: Query; done?: Query }>;
};

export async function generateMetadata({ params }: Props) {
  const { eventSlug, agentId } = await params;
  const answer = await askAgent(eventSlug, agentId);
  return titleOf(answer.refused === null ? answer.value.agent.name : "Agent");
}

const DONE: Record<string, string> = {
  revoke: "Revoked: its tokens are refused from now on. What it said stays.",
  "revoke-token": "Revoked: the token is refused from now on.",
};

export default async function AgentPage({ params, searchParams }: Props) {
  const { eventSlug, agentId } = await params;
  const [event, answer] = await Promise.all([askEvent(eventSlug), askAgent(eventSlug, agentId)]);
  if (event.refused !== null) return <Refused code={event.refused} />;
  if (answer.refused !== null) return <Refused code={answer.refused} />;
  const query = await searchParams;
  const [told, token] = await Promise.all([answerIn(query.answer), tokenIn(query.made)]);
  const { agent, turnedDown } = answer.value;
  const { label, zone } = event.value;
  const list = `/events/${eventSlug}/agents`;
  const done = DONE[String(query.done)];
  const download = `/api/v1/events/${eventSlug}/agents/${agentId}/rejected`;
  return (
    <div className="page">
      <PageHead
        trail={eventTrail(eventSlug, label, { href: list, label: "Agents" })}
        title={agent.name}
        beside={agent.isRevoked ? <Badge>revoked</Badge> : undefined}
      />
      {(done || token) && (
        <div className="mb-6">
          {done && <Notice kind="done">{done}</Notice>}
          {token && <NewToken token={token} siteUrl={env().APP_URL} />}
        </div>
      )}
      <Facts facts={factsOf(agent, zone)} />
      <Tokens {...{ agent, zone, told, action: `${list}/${agentId}` }} />
      <section className="block" aria-labelledby="runs">
        <h2 id="runs">Last runs</h2>
        {agent.runs.length > 0 ? (
          <RunTable eventSlug={eventSlug} zone={zone} runs={agent.runs} />
        ) : (
          <EmptyState title="No run yet.">
            <p>
              <code>plugfest push report.xml --track …</code> makes the first one.
            </p>
          </EmptyState>
        )}
      </section>
      <section className="block" aria-labelledby="rejected">
        <h2 id="rejected">Not taken</h2>
        {turnedDown.length > 0 ? (
          <>
            <p className="text-small">
              The latest {turnedDown.length} of {agent.turnedDown.toLocaleString("en")}. All of
              them:{" "}
              <a className="text-link" href={`${download}.csv`} download>
                CSV
              </a>
              ,{" "}
              <a className="text-link" href={`${download}.ndjson`} download="rejected.ndjson">
                NDJSON
              </a>
            </p>
            <TurnedDownTable zone={zone} items={turnedDown} />
          </>
        ) : (
          <p className="text-soft">Every item that it sent was taken.</p>
        )}
      </section>
    </div>
  );
}

type TokensProps = { agent: AgentLine; zone: string; told: FormAnswer | null; action: string };

function Tokens({ agent, zone, told, action }: TokensProps) {
  const rotate = formState("rotate", told);
  return (
    <section className="block" aria-labelledby="tokens">
      <h2 id="tokens">Tokens</h2>
      <FormFault state={formState("revoke-token", told)} />
      <FormFault state={formState("revoke", told)} />
      <TokenTable action={action} zone={zone} tokens={agent.tokens} />
      {!agent.isRevoked && (
        <div className="agent-actions">
          <details open={rotate.said !== null}>
            <summary>Rotate: make another token</summary>
            <form method="post" action={`${action}/rotate`} className="form" id="rotate">
              <FormFault state={rotate} />
              <p className="form-hint">
                Both are good until you revoke the older one: change it on the machine in between.
              </p>
              <TokenFields state={rotate} name="token" />
              <div>
                <Button type="submit">Make another token</Button>
              </div>
            </form>
          </details>
          <form method="post" action={`${action}/revoke`} id="revoke">
            <Button type="submit">Revoke the agent with all its tokens</Button>
          </form>
        </div>
      )}
    </section>
  );
}

const factsOf = (agent: AgentLine, zone: string) => [
  { label: "Speaks for", value: agent.entry?.name ?? "nobody: a neutral harness" },
  { label: "Last seen", value: <LastSeen agent={agent} zone={zone} /> },
  ...(agent.beat
    ? [
        { label: "Last heartbeat", value: <Moment at={agent.beat.at} zone={zone} /> },
        { label: "Version", value: agent.beat.version },
        { label: "In its spool", value: agent.beat.spoolDepth.toLocaleString("en") },
        { label: "Tests running", value: agent.beat.inFlight.toLocaleString("en") },
        { label: "Its clock is", value: clockWords(agent.beat.skewMs) },
        { label: "Left out", value: leftOut(agent) },
      ]
    : []),
];

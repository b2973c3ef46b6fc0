import Link from "next/link";
import { Badge } from "@/components/ui/badge";
import { Moment } from "@/components/ui/moment";
import { clockWords } from "@/lib/agents/rules";
import type { AgentLine } from "@/lib/agents/schema";

type Props = { eventSlug: string; zone: string; agents: readonly AgentLine[] };

/** Every agent with what its last heartbeat said. */
export function AgentTable({ eventSlug, zone, agents }: Props) {
  return (
    <table className="list" data-dense="true">
      <caption className="sr-only">Agents</caption>
      <thead>
        <tr>
          <th scope="col">Agent</th>
          <th scope="col">Speaks for</th>
          <th scope="col">Last seen</th>
          <th scope="col">Version</th>
          <th scope="col">In its spool</th>
          <th scope="col">Clock</th>
          <th scope="col">Left out</th>
          <th scope="col">Not taken</th>
          <th scope="col">Last run</th>
        </tr>
      </thead>
      <tbody>
        {agents.map((agent) => (
          <tr key={agent.id}>
            <th scope="row">
              <Link
                className="text-link"
                href={`/events/${eventSlug}/agents/${agent.id}`}
                prefetch={false}
              >
                {agent.name}
              </Link>{" "}
              {agent.isRevoked && <Badge>revoked</Badge>}
            </th>
            <td data-label="Speaks for">{agent.entry?.name ?? "nobody: neutral"}</td>
            <td data-label="Last seen">
              <LastSeen agent={agent} zone={zone} />
            </td>
            <td data-label="Version">{agent.beat?.version ?? "–"}</td>
            <td data-label="In its spool" className="tabular-nums">
              {agent.beat ? agent.beat.spoolDepth.toLocaleString("en") : "–"}
            </td>
            <td data-label="Clock">{agent.beat ? clockWords(agent.beat.skewMs) : "–"}</td>
            <td data-label="Left out">{leftOut(agent)}</td>
            <td data-label="Not taken" className="tabular-nums">
              {agent.turnedDown.toLocaleString("en")}
            </td>
            <td data-label="Last run">
              <LastRun agent={agent} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** When it was heard; whoever has been silent for long is said to be. */
export function LastSeen({ agent, zone }: { agent: AgentLine; zone: string }) {
  if (agent.lastSeenAt === null) return <span className="text-soft">never</span>;
  return (
    <span>
      <Moment at={agent.lastSeenAt} zone={zone} />
      {agent.isSilent && !agent.isRevoked && <Badge>not seen since</Badge>}
    </span>
  );
}

export const leftOut = ({ beat }: AgentLine): string =>
  beat?.discarded.length
    ? beat.discarded.map(({ quantity, category }) => `${quantity} ${category}`).join(", ")
    : "nothing";

function LastRun({ agent: { runs } }: { agent: AgentLine }) {
  const [run] = runs;
  if (!run) return <span className="text-soft">none yet</span>;
  return (
    <span>
      {run.track.title}: {run.accepted.toLocaleString("en")} taken{" "}
      {run.truncated && <Badge>truncated</Badge>}
    </span>
  );
}

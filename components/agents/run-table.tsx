import Link from "next/link";
import { Badge } from "@/components/ui/badge";
import { Moment } from "@/components/ui/moment";
import type { RunLine } from "@/lib/agents/schema";

type Props = { eventSlug: string; zone: string; runs: readonly RunLine[] };

const NUMBERS = ["accepted", "duplicate", "conflict", "rejected", "unmapped"] as const;

/** An agent's last runs: what arrived of each, and whether it stopped short of its plan. */
export function RunTable({ eventSlug, zone, runs }: Props) {
  return (
    <table className="list" data-dense="true">
      <caption className="sr-only">Runs</caption>
      <thead>
        <tr>
          <th scope="col">Declared</th>
          <th scope="col">Track</th>
          <th scope="col">State</th>
          <th scope="col">Planned</th>
          {NUMBERS.map((name) => (
            <th key={name} scope="col">
              {name[0]?.toUpperCase()}
              {name.slice(1)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {runs.map((run) => (
          <tr key={run.id}>
            <th scope="row">
              <Moment at={run.declaredAt} zone={zone} />
            </th>
            <td data-label="Track">
              <Link
                className="text-link"
                href={`/events/${eventSlug}/tracks/${run.track.slug}`}
                prefetch={false}
              >
                {run.track.title}
              </Link>
            </td>
            <td data-label="State">
              {run.state} {run.truncated && <Badge>truncated</Badge>}
            </td>
            <td data-label="Planned" className="tabular-nums">
              {run.planned?.toLocaleString("en") ?? "–"}
            </td>
            {NUMBERS.map((name) => (
              <td key={name} data-label={name} className="tabular-nums">
                {run[name].toLocaleString("en")}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

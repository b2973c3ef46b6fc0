import Link from "next/link";
import { Badge } from "@/components/ui/badge";
import { Moment } from "@/components/ui/moment";
import type { RunLine } from "@/lib/agents/schema";

type Props = { eventSlug: string; zone: string; runs: readonly RunLine[] };

const NUMBERS = ["accepted", "duplicate", "conflict", "rejected", "unmapped"] as const;
const WORDS = {
  accepted: "Accepted",
  duplicate: "There before",
  conflict: "In conflict",
  rejected: "Rejected",
  unmapped: "Unmapped",
} as const satisfies Record<(typeof NUMBERS)[number], string>;

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
              {WORDS[name]}
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
              <span>
                {run.state} {run.truncated && <Badge>truncated</Badge>}
              </span>
            </td>
            <td data-label="Planned" className="tabular-nums">
              {run.planned?.toLocaleString("en") ?? "–"}
            </td>
            {NUMBERS.map((name) => (
              <td key={name} data-label={WORDS[name]} className="tabular-nums">
                {run[name].toLocaleString("en")}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

import type { Untried } from "@/lib/coverage/rules";
import type { Counts, Grid } from "@/lib/matrices/schema";
import type { LeadDesk } from "@/lib/tracks/schema";

type Props = {
  grids: readonly Grid[];
  desk: LeadDesk;
  untried: readonly Untried[];
  unmapped: number;
};

const NAMES = ["possible", "applicable", "executed", "confirmed", "passed"] as const;

function sumOf(grids: readonly Grid[]): Counts {
  const sum = { possible: 0, applicable: 0, executed: 0, confirmed: 0, passed: 0 };
  for (const { counts } of grids) for (const name of NAMES) sum[name] += counts[name];
  return sum;
}

const share = (part: number, whole: number) =>
  whole === 0 ? "" : ` (${Math.floor((100 * part) / whole)} %)`;

/** How far the track has come, and how much waits: each number leads to its list. */
export function DeskNumbers({ grids, desk, untried, unmapped }: Props) {
  const { applicable, executed, confirmed, passed } = sumOf(grids);
  const waiting = [
    { id: "disputed", label: "Disputed", count: desk.disputed.total },
    { id: "stalled", label: "Stalled", count: desk.awaiting.stalled },
    {
      id: "awaiting",
      label: "Awaiting",
      count: desk.awaiting.total - desk.awaiting.stalled,
    },
    { id: "names", label: "Unmapped names", count: unmapped },
    {
      id: "untried",
      label: "Untried, required",
      count: untried.reduce((sum, one) => sum + one.untried, 0),
    },
    { id: "orphans", label: "Orphan roles", count: desk.orphans.length },
  ];
  return (
    <div className="desk-numbers">
      <p className="desk-coverage">
        <b>{executed}</b> of {applicable} applicable tried{share(executed, applicable)},{" "}
        <b>{confirmed}</b> confirmed, <b>{passed}</b> of those passed{share(passed, confirmed)}.
      </p>
      <ul>
        {waiting.map(({ id, label, count }) => (
          <li key={id}>
            <a href={`#${id}`} data-none={count === 0 || undefined}>
              <b>{count}</b> {label}
            </a>
          </li>
        ))}
      </ul>
    </div>
  );
}

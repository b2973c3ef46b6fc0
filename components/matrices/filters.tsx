import { Button } from "@/components/ui/button";
import { Select } from "@/components/ui/select";
import { STATE_SIGNS } from "@/lib/cells/rules";
import type { Grid } from "@/lib/matrices/schema";
import { OUTCOME_SIGNS } from "@/lib/results/rules";
import { OUTCOMES } from "@/lib/results/schema";
import type { MatrixView } from "./read-view";
import { isFiltered } from "./view";

const STATES = ["confirmed", "reported", "disputed", "settled", "planned"] as const;

type Props = {
  grids: readonly Grid[];
  labels: Readonly<Record<string, string>>;
  view: MatrixView;
};

/** A plain form: what it asks for is the page's address, and can be sent to somebody. */
export function Filters({ grids, labels, view }: Props) {
  const entries = new Map(
    grids.flatMap(({ rows, columns }) => [...rows, ...columns]).map((a) => [a.entry, a.name]),
  );
  return (
    <form className="filters no-print" method="get" aria-label="Filter the matrix">
      <Select name="test" label="Test" value={view.test} all="All tests">
        {grids.map(({ roles, tests }) => (
          <optgroup
            key={`${roles.rows} ${roles.columns}`}
            label={[roles.rows, ...(roles.columns ? [roles.columns] : [])]
              .map((role) => labels[role] ?? role)
              .join(" × ")}
          >
            {tests.map(({ key, title }) => (
              <option key={key} value={key}>
                {key} {title}
              </option>
            ))}
          </optgroup>
        ))}
      </Select>
      <Select name="entry" label="Entry" value={view.entry} all="All entries">
        {[...entries].map(([entry, name]) => (
          <option key={entry} value={entry}>
            {name}
          </option>
        ))}
      </Select>
      <Select name="state" label="State" value={view.state} all="Any state">
        {STATES.map((state) => (
          <option key={state} value={state}>
            {STATE_SIGNS[state].label}
          </option>
        ))}
      </Select>
      <Select name="outcome" label="Outcome" value={view.outcome} all="Any outcome">
        {OUTCOMES.map((outcome) => (
          <option key={outcome} value={outcome}>
            {OUTCOME_SIGNS[outcome].label}
          </option>
        ))}
      </Select>
      <Button type="submit">Show</Button>
      {isFiltered(view) && (
        <a className="text-link" href="?">
          Show everything
        </a>
      )}
    </form>
  );
}

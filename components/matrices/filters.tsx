import type { ReactNode } from "react";
import { QueryBox } from "@/components/queries/query-box";
import { QueryFaults } from "@/components/queries/query-faults";
import { Button } from "@/components/ui/button";
import { Select } from "@/components/ui/select";
import { STATE_SIGNS } from "@/lib/cells/rules";
import { vocabularyOf } from "@/lib/completions/rules";
import type { Grid } from "@/lib/matrices/schema";
import { EVERY_OUTCOME, OUTCOME_SIGNS } from "@/lib/outcomes/rules";
import { parseQuery } from "@/lib/queries/rules";
import { isFiltered, viewQuery } from "@/lib/views/rules";
import type { PageView } from "@/lib/views/schema";

const STATES = ["confirmed", "reported", "disputed", "settled", "planned"] as const;

type Props = {
  grids: readonly Grid[];
  labels: Readonly<Record<string, string>>;
  view: PageView;
  /** Slugs of the reader's own entries. */
  own: readonly string[];
};

const FAULTS = "query-faults";
const LISTS = ["test", "entry", "state", "outcome"] as const;

/** A plain form: what it asks for is the page's address, and can be sent to somebody. */
export function Filters({ grids, labels, view, own }: Props) {
  const entries = new Map(
    grids.flatMap(({ rows, columns }) => [...rows, ...columns]).map((a) => [a.entry, a.name]),
  );
  const third = thirdIn(grids);
  for (const entry of third) if (!entries.has(entry)) entries.set(entry, entry);
  const options = [...entries].map(([entry, name]) => (
    <option key={entry} value={entry}>
      {own.includes(entry) ? `${name} (yours)` : name}
    </option>
  ));
  const text = view.q ?? "";
  const query = parseQuery(text);
  return (
    <form className="filters no-print" method="get" aria-label="Filter the matrix">
      <Kept view={view} />
      {/* Another address is another text. */}
      <QueryBox
        key={text}
        query={text}
        vocabulary={vocabularyOf(grids, own)}
        describedBy={query.faults.length > 0 ? FAULTS : undefined}
      />
      <QueryFaults id={FAULTS} {...{ query, text, view }} />
      <Button type="submit">Show</Button>
      {(isFiltered(view) || view.hide !== undefined) && (
        <a className="text-link" href={viewQuery({ asOf: view.asOf })}>
          Show everything
        </a>
      )}
      <details className="drawing" open={LISTS.some((name) => view[name] !== undefined)}>
        <summary>Choose from lists</summary>
        <div className="drawing-fields">
          <Select name="test" label="Test" value={view.test?.join()} all="All tests">
            {grids.map((grid) => (
              <Tests key={`${grid.roles.rows} ${grid.roles.columns}`} grid={grid} labels={labels} />
            ))}
          </Select>
          <Select name="entry" label="Entry" value={view.entry?.join()} all="All entries">
            {options}
          </Select>
          <Select name="state" label="State" value={view.state?.join()} all="Any state">
            {STATES.map((state) => (
              <option key={state} value={state}>
                {STATE_SIGNS[state].label}
              </option>
            ))}
          </Select>
          <Select name="outcome" label="Outcome" value={view.outcome?.join()} all="Any outcome">
            {EVERY_OUTCOME.map((outcome) => (
              <option key={outcome} value={outcome}>
                {OUTCOME_SIGNS[outcome].label}
              </option>
            ))}
          </Select>
        </div>
      </details>
      <Drawing view={view} hasThird={third.size > 0}>
        {options}
      </Drawing>
    </form>
  );
}

type TestsProps = { grid: Grid; labels: Readonly<Record<string, string>> };

function Tests({ grid: { roles, tests }, labels }: TestsProps) {
  const named = [roles.rows, ...(roles.columns ? [roles.columns] : [])];
  return (
    <optgroup label={named.map((role) => labels[role] ?? role).join(" × ")}>
      {tests.map(({ key, title }) => (
        <option key={key} value={key}>
          {key} {title}
        </option>
      ))}
    </optgroup>
  );
}

/** What the view is narrowed to by a link, and no field of the form says. */
const Kept = ({ view }: { view: PageView }) =>
  (["rows", "columns", "asOf"] as const).map(
    (name) =>
      view[name] && <input key={name} type="hidden" name={name} value={[view[name]].join()} />,
  );

/** Who takes part in a cell beyond the two on its axes. */
const thirdIn = (grids: readonly Grid[]) =>
  new Set(
    grids.flatMap(({ cells }) =>
      cells.flatMap((cell) => (cell.state === "withheld" ? [] : Object.values(cell.others))),
    ),
  );

type DrawingProps = { view: PageView; hasThird: boolean; children: ReactNode };

/** How it is drawn; open where something of it is not as usual. */
function Drawing({ view, hasThird, children }: DrawingProps) {
  const { density, flip, hide, pin, sort, split } = view;
  return (
    <details className="drawing" open={[density, flip, hide, pin, sort, split].some(Boolean)}>
      <summary>Order, density and what to leave out</summary>
      <div className="drawing-fields">
        <Select name="pin" label="First" value={pin} all="Nobody">
          {children}
        </Select>
        <Select name="sort" label="Order" value={sort} all="By name">
          <option value="attention">Attention first</option>
        </Select>
        <Select name="density" label="Density" value={density} all="Comfortable">
          <option value="compact">Compact</option>
        </Select>
        <Ticks view={view} hasThird={hasThird} />
      </div>
    </details>
  );
}

function Ticks({ view: { hide = [], flip, split }, hasThird }: Omit<DrawingProps, "children">) {
  return (
    <fieldset className="ticks">
      <legend className="engraved">Leave out, and turn</legend>
      <label>
        <input
          type="checkbox"
          name="hide"
          value="passing"
          defaultChecked={hide.includes("passing")}
        />
        What passed
      </label>
      <label>
        <input
          type="checkbox"
          name="hide"
          value="unsupported"
          defaultChecked={hide.includes("unsupported")}
        />
        What nobody supports
      </label>
      <label>
        <input type="checkbox" name="flip" value="1" defaultChecked={flip === "1"} />
        Rows for columns
      </label>
      {(hasThird || split) && (
        <label>
          <input type="checkbox" name="split" value="third" defaultChecked={split === "third"} />A
          table for each third party
        </label>
      )}
    </fieldset>
  );
}

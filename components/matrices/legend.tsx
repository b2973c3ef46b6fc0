import { Sign } from "@/components/cells/sign";
import { OVERLAY_SIGNS, STATE_SIGNS } from "@/lib/cells/rules";
import type { Overlay } from "@/lib/cells/schema";
import type { Grid, MatrixCell } from "@/lib/matrices/schema";
import { OUTCOME_SIGNS } from "@/lib/results/rules";
import { OUTCOMES } from "@/lib/results/schema";
import type { SignOf } from "@/lib/signs/rules";
import { viewQuery } from "@/lib/views/rules";
import type { PageView } from "@/lib/views/schema";

type Row = {
  key: string;
  sign: SignOf;
  label: string;
  meaning: string;
  count: number | null;
  href: string | null;
};

type Props = { grids: readonly Grid[]; view: PageView };

/** Every sign with its meaning, and how many there are: each count leads to just those. */
export function Legend({ grids, view }: Props) {
  const cells = grids.flatMap((grid) => grid.cells);
  return (
    <div className="legend">
      <LegendPart title="What was seen" rows={outcomeRows(cells, view)} />
      <LegendPart title="How sure it is" rows={stateRows(cells, view)} />
      <LegendPart title="Marks on top" rows={overlayRows(cells)} />
      <section>
        <h3 className="engraved">What is counted</h3>
        <p className="mt-2 text-soft">
          A combination: one test, one of its variants, and one pair of different entries or, where
          a test has one party, one entry. Self-pairs are drawn and not counted.
        </p>
      </section>
    </div>
  );
}

function LegendPart({ title, rows }: { title: string; rows: readonly Row[] }) {
  return (
    <section>
      <h3 className="engraved">{title}</h3>
      <dl>
        {rows.map(({ key, sign, label, meaning, count, href }) => (
          <div key={key} className="legend-row">
            <dt>
              <Sign sign={sign} size={20} />
              {label}
            </dt>{" "}
            <dd>{meaning}</dd>
            {count !== null && (
              <dd className="legend-count">
                <LegendCount {...{ count, href, label }} />
              </dd>
            )}
          </div>
        ))}
      </dl>
    </section>
  );
}

function LegendCount({ count, href, label }: Pick<Row, "count" | "href" | "label">) {
  if (count === 0 || href === null) return count;
  return (
    <a href={href} aria-label={`${label}: show only these ${count}`}>
      {count}
    </a>
  );
}

function outcomeRows(cells: readonly MatrixCell[], view: PageView): Row[] {
  return OUTCOMES.map((outcome) => ({
    key: outcome,
    sign: { state: "confirmed", outcome },
    label: OUTCOME_SIGNS[outcome].label,
    meaning: OUTCOME_SIGNS[outcome].meaning,
    count: cells.filter((cell) => "outcome" in cell && cell.outcome === outcome).length,
    href: viewQuery(view, { outcome: [outcome], state: undefined }),
  }));
}

const SHOWN_STATES = ["confirmed", "reported", "disputed", "settled", "planned"] as const;

function stateRows(cells: readonly MatrixCell[], view: PageView): Row[] {
  const counted = [...SHOWN_STATES, "withheld" as const].map((state) => ({
    key: state,
    sign: { state, outcome: state === "disputed" ? null : ("pass" as const) },
    ...(state === "withheld" ? WITHHELD : STATE_SIGNS[state]),
    count: cells.filter((cell) => cell.state === state).length,
    href: viewQuery(view, { state: [state], outcome: undefined }),
  }));
  const uncounted = (["untested", "notApplicable"] as const).map((state) => ({
    key: state,
    sign: { state, outcome: null },
    ...STATE_SIGNS[state],
    count: null,
    href: null,
  }));
  return [...counted, ...uncounted];
}

const WITHHELD = {
  label: "Withheld",
  meaning: "Its entries have not agreed to show it. It is not a pass.",
};

function overlayRows(cells: readonly MatrixCell[]): Row[] {
  return (["stale", "flaky", "knownIssue"] as const).map((overlay: Overlay) => ({
    key: overlay,
    sign: { state: "confirmed", outcome: "pass", overlays: [overlay] },
    ...OVERLAY_SIGNS[overlay],
    count: cells.filter((cell) => "overlays" in cell && cell.overlays.includes(overlay)).length,
    href: null,
  }));
}

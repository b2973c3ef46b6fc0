import { Sign } from "@/components/cells/sign";
import { OVERLAY_SIGNS, STATE_SIGNS } from "@/lib/cells/rules";
import { isKnownPassing } from "@/lib/matrices/rules";
import type { MatrixCell } from "@/lib/matrices/schema";
import { EVERY_OUTCOME, OUTCOME_SIGNS } from "@/lib/outcomes/rules";
import type { Mark } from "@/lib/queries/schema";
import type { SignOf } from "@/lib/signs/rules";
import { viewQuery } from "@/lib/views/rules";
import type { PageView } from "@/lib/views/schema";
import type { Kind } from "./by-test";

type Row = {
  key: string;
  sign: SignOf;
  label: string;
  meaning: string;
  count: number | null;
  href: string | null;
};

type Props = {
  /** The cells of all grids, or what they come to. */
  kinds: readonly Kind[];
  view: PageView;
};

const countOf = (kinds: readonly Kind[], isSuch: (cell: MatrixCell) => boolean) =>
  kinds.reduce((sum, { cell, count }) => (isSuch(cell) ? sum + count : sum), 0);

/** Every sign with its meaning, and how many there are: each count leads to just those. */
export function Legend({ kinds, view }: Props) {
  return (
    <div className="legend">
      <LegendPart title="What was seen" rows={outcomeRows(kinds, view)} />
      <LegendPart title="How sure it is" rows={stateRows(kinds, view)} />
      <LegendPart title="Marks on top" rows={overlayRows(kinds, view)} />
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

function outcomeRows(kinds: readonly Kind[], view: PageView): Row[] {
  return EVERY_OUTCOME.map((outcome) => ({
    key: outcome,
    sign: { state: "confirmed", outcome },
    label: OUTCOME_SIGNS[outcome].label,
    meaning: OUTCOME_SIGNS[outcome].meaning,
    count: countOf(kinds, (cell) => "outcome" in cell && cell.outcome === outcome),
    href: viewQuery(view, { outcome: [outcome], state: undefined }),
  }));
}

const SHOWN_STATES = ["confirmed", "reported", "disputed", "settled", "planned"] as const;

function stateRows(kinds: readonly Kind[], view: PageView): Row[] {
  const counted = [...SHOWN_STATES, "withheld" as const].map((state) => ({
    key: state,
    sign: { state, outcome: state === "disputed" ? null : ("pass" as const) },
    ...(state === "withheld" ? WITHHELD : STATE_SIGNS[state]),
    count: countOf(kinds, (cell) => cell.state === state),
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

const MARK_OF = { stale: "stale", flaky: "flaky", knownIssue: "known" } as const;

/** A query that asks for one mark and nothing else. */
const onlyMarked = (view: PageView, mark: Mark) =>
  viewQuery(view, { q: `is:${mark}`, state: undefined, outcome: undefined });

function overlayRows(kinds: readonly Kind[], view: PageView): Row[] {
  const rows = (["stale", "flaky", "knownIssue"] as const).map(
    (overlay): Row => ({
      key: overlay,
      sign: { state: "confirmed", outcome: "pass", overlays: [overlay] },
      ...OVERLAY_SIGNS[overlay],
      count: countOf(kinds, (cell) => "overlays" in cell && cell.overlays.includes(overlay)),
      href: onlyMarked(view, MARK_OF[overlay]),
    }),
  );
  const passing: Row = {
    key: "knownPasses",
    sign: { state: "confirmed", outcome: "pass", overlays: ["knownIssue"] },
    label: "Known issue now passes",
    meaning: "It works, though a known issue says that it should not: is the issue fixed?",
    count: countOf(kinds, isKnownPassing),
    href: onlyMarked(view, "known-passes"),
  };
  return [...rows, passing];
}

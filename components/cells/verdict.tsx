import { OVERLAY_SIGNS, STATE_SIGNS } from "@/lib/cells/rules";
import type { CellPage, Overlay } from "@/lib/cells/schema";
import { OUTCOME_SIGNS } from "@/lib/outcomes/rules";
import { meaningOf, nextSteps } from "./next-step";
import type { Side } from "./sides";
import { Sign } from "./sign";

function overlaysOf({ stale, flaky, knownIssue }: CellPage): Overlay[] {
  const has = { stale, flaky, knownIssue };
  return (["stale", "flaky", "knownIssue"] as const).filter((overlay) => has[overlay]);
}

/** What is known of the cell, how sure it is, and what would take it further. */
export function Verdict({ cell, sides }: { cell: CellPage; sides: readonly Side[] }) {
  const overlays = overlaysOf(cell);
  const steps = nextSteps(cell, sides);
  return (
    <section className="verdict" aria-label="What is known">
      <Sign sign={{ state: cell.state, outcome: cell.outcome, overlays }} size={64} />
      <div>
        <p className="verdict-words">
          {STATE_SIGNS[cell.state].label}
          {cell.outcome && ` ${OUTCOME_SIGNS[cell.outcome].label.toLowerCase()}`}
          {overlays.map((overlay) => `, ${OVERLAY_SIGNS[overlay].label.toLowerCase()}`)}
        </p>
        <p>
          {cell.outcome && `${OUTCOME_SIGNS[cell.outcome].meaning} `}
          {meaningOf(cell, sides)}
          {cell.test.measured && " It says only whether the measurement is valid."}
        </p>
        {steps.map((step) => (
          <p key={step} className="verdict-step">
            {step}
          </p>
        ))}
      </div>
      <SideCount cell={cell} />
    </section>
  );
}

function SideCount({ cell: { sides, sidesOf, attempts } }: { cell: CellPage }) {
  return (
    <dl className="verdict-counts">
      {sidesOf > 0 && (
        <div>
          <dt className="engraved">Sides</dt>
          <dd>
            {sides} of {sidesOf}
          </dd>
        </div>
      )}
      <div>
        <dt className="engraved">Attempts</dt>
        <dd>{attempts}</dd>
      </div>
    </dl>
  );
}

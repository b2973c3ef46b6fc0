import { Button } from "@/components/ui/button";
import { ChoiceField, FormFault, TextArea } from "@/components/ui/form-fields";
import type { CellPage } from "@/lib/cells/schema";
import type { FormState } from "@/lib/core/form";
import { OUTCOME_SIGNS } from "@/lib/outcomes/rules";
import { CAUSE_WORDS } from "@/lib/rulings/rules";
import { RULING_CAUSES, VERDICTS } from "@/lib/rulings/schema";

type Props = { action: string; state: FormState; cell: CellPage };

const OUTCOMES = [
  { value: "", label: "Choose …" },
  ...VERDICTS.map((value) => ({ value, label: OUTCOME_SIGNS[value].label })),
];

/** The verdict on a dispute: outcome, cause, reason. */
export function SettleForm({ isAgain, ...props }: Props & { isAgain: boolean }) {
  if (!isAgain) {
    return (
      <div>
        <h3>Settle the dispute</h3>
        <Verdict {...props} />
      </div>
    );
  }
  return (
    <details className="form-more" open={props.state.said !== null}>
      <summary>Rule again</summary>
      <Verdict {...props} />
    </details>
  );
}

function Verdict({ action, state, cell }: Props) {
  return (
    <form method="post" action={`${action}/settle`} className="form" id="settle">
      <FormFault state={state} idPrefix="settle-" />
      {/* How many results were read: another one in between is to be read first. */}
      <input type="hidden" name="ruling.attempts" value={cell.attempts} />
      <div className="form-row">
        <ChoiceField
          state={state}
          idPrefix="settle-"
          name="ruling.outcome"
          label="Outcome"
          options={OUTCOMES}
        />
        <ChoiceField
          state={state}
          idPrefix="settle-"
          name="ruling.cause"
          label="Cause of the dispute"
          options={causesOf(cell)}
        />
      </div>
      <TextArea
        state={state}
        idPrefix="settle-"
        name="ruling.reason"
        label="Reason"
        hint="Both sides and everybody who sees the cell will read it."
        maxLength={2000}
      />
      <div className="form-actions">
        <Button type="submit" className="button-primary">
          Settle
        </Button>
        <span className="form-hint">
          It holds for the builds that are disputed now. The results stay as they are.
        </span>
      </div>
    </form>
  );
}

/** Each side, all of them, and the causes that are nobody's. A side's value is `side:` and its slug. */
function causesOf({ parties }: CellPage) {
  const sides = [...new Map(parties.map(({ entry, name }) => [entry, name])).entries()];
  const all = sides.map(([entry]) => `side:${entry}`).join(" ");
  return [
    { value: "", label: "Choose …" },
    ...sides.map(([entry, name]) => ({ value: `side:${entry}`, label: name })),
    ...(sides.length > 1
      ? [{ value: all, label: sides.length > 2 ? "All sides" : "Both sides" }]
      : []),
    ...RULING_CAUSES.filter((cause) => cause !== "sides").map((cause) => ({
      value: cause,
      label: CAUSE_WORDS[cause].charAt(0).toUpperCase() + CAUSE_WORDS[cause].slice(1),
    })),
  ];
}

export function TakeBackForm({ action, state }: Pick<Props, "action" | "state">) {
  return (
    <details className="form-more" open={state.said !== null}>
      <summary>Take the ruling back</summary>
      <form method="post" action={`${action}/take-back`} className="form" id="take-back">
        <FormFault state={state} idPrefix="take-back-" />
        <TextArea
          state={state}
          idPrefix="take-back-"
          name="takingBack.reason"
          label="Why"
          rows={2}
          maxLength={2000}
        />
        <div>
          <Button type="submit">Take back</Button>
        </div>
      </form>
    </details>
  );
}

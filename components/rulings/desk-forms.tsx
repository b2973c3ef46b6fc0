import { Button } from "@/components/ui/button";
import { ChoiceField, FormFault, TextArea } from "@/components/ui/form-fields";
import { Moment } from "@/components/ui/moment";
import type { FormState } from "@/lib/core/form";
import { EVERY_OUTCOME, OUTCOME_SIGNS } from "@/lib/outcomes/rules";
import type { Outcome } from "@/lib/results/schema";
import type { SilentEntry } from "@/lib/rulings/schema";

type Props = { action: string; state: FormState };

/** Asks those who have not spoken to say what they saw: one button each. */
export function NudgeForms({
  action,
  state,
  silent,
  zone,
}: Props & { silent: readonly SilentEntry[]; zone: string }) {
  return (
    <div id="nudge" className="nudges">
      <FormFault state={state} />
      {silent.map(({ entry, name, nudgedAt }) => (
        <form key={entry} method="post" action={`${action}/nudge`} className="form-actions">
          <input type="hidden" name="entrySlug" value={entry} />
          <Button type="submit">Nudge {name}</Button>
          <span className="form-hint">
            {nudgedAt === null ? (
              "Mails its members that their word is awaited."
            ) : (
              <>
                Nudged <Moment at={nudgedAt} zone={zone} />; once in six hours.
              </>
            )}
          </span>
        </form>
      ))}
    </div>
  );
}

/** The remark on a cell; emptied, it goes. */
export function NoteForm({ action, state, note }: Props & { note: string }) {
  return (
    <details className="form-more" open={state.said !== null}>
      <summary>{note === "" ? "Add a remark" : "Change the remark"}</summary>
      <form method="post" action={`${action}/note`} className="form" id="note">
        <FormFault state={state} idPrefix="note-" />
        <TextArea
          state={state}
          idPrefix="note-"
          name="note"
          label="Remark"
          stored={note}
          hint="Such as: passes only with … Markdown; empty takes it away. Everybody who sees the cell reads it."
          maxLength={1000}
        />
        <div>
          <Button type="submit">Save the remark</Button>
        </div>
      </form>
    </details>
  );
}

const EXPECTABLE = [
  { value: "", label: "Nothing" },
  ...EVERY_OUTCOME.map((value) => ({ value, label: OUTCOME_SIGNS[value].label })),
];

/** What the track's baseline says of the cell. */
export function ExpectForm({ action, state, expected }: Props & { expected: Outcome | null }) {
  const told = expected === null ? "nothing" : OUTCOME_SIGNS[expected].label.toLowerCase();
  return (
    <details className="form-more" open={state.said !== null}>
      <summary>Expected: {told}</summary>
      <form method="post" action={`${action}/expect`} className="form" id="expect">
        <FormFault state={state} idPrefix="expect-" />
        <ChoiceField
          state={state}
          idPrefix="expect-"
          name="expected"
          label="Expected outcome"
          stored={expected ?? ""}
          options={EXPECTABLE}
          hint="For the comparison with the expected baseline of the track."
        />
        <div>
          <Button type="submit">Expect it</Button>
        </div>
      </form>
    </details>
  );
}

import { Button } from "@/components/ui/button";
import { ChoiceField, FormFault, TextArea, TextField } from "@/components/ui/form-fields";
import type { FormState } from "@/lib/core/form";
import { STATE_WORDS } from "@/lib/issues/rules";
import { ISSUE_STATES, type IssuePage } from "@/lib/issues/schema";

const states = ISSUE_STATES.map((value) => ({ value, label: STATE_WORDS[value].label }));

type Props = { issue: IssuePage; action: string; state: FormState };

/** The state of the issue, with what says so. */
export function StateForm({ issue: { state: now, fixedIn, builds }, action, state }: Props) {
  const options = [
    { value: "", label: "none named" },
    ...builds.map(({ id, entry, label }) => ({ value: id, label: `${entry} ${label}` })),
  ];
  return (
    <section className="block no-print" aria-labelledby="change">
      <h2 id="change">Change the state</h2>
      <form method="post" action={`${action}/state`} className="form" id="state">
        <FormFault state={state} />
        <div className="form-row">
          <ChoiceField
            state={state}
            name="change.state"
            label="State"
            stored={now}
            options={states}
          />
          <TextField
            state={state}
            name="change.commit"
            label="Commit that fixes it"
            maxLength={500}
            placeholder="75a168a9"
          />
          {builds.length > 0 && (
            <ChoiceField
              state={state}
              name="change.fixedIn"
              label="Build that carries the fix"
              stored={fixedIn?.id ?? ""}
              options={options}
            />
          )}
        </div>
        <TextArea
          state={state}
          name="change.note"
          label="Note"
          rows={2}
          maxLength={20_000}
          hint="Kept as a comment. Fixed live needs a commit, a build or a note; known marks the issue’s cells."
        />
        <div>
          <Button type="submit" className="button-primary">
            Save the state
          </Button>
        </div>
      </form>
    </section>
  );
}

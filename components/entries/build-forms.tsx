import { Button } from "@/components/ui/button";
import { FormFault, TextField } from "@/components/ui/form-fields";
import type { FormState } from "@/lib/core/form";
import type { BuildLine } from "@/lib/entries/schema";
import { BuildFields } from "./build-fields";
import { BuildMarks } from "./build-table";

type AddProps = { action: string; state: FormState };

/** Names a build, which is current from then on. */
export function AddBuildForm({ action, state }: AddProps) {
  return (
    <form method="post" action={`${action}/build`} className="form" id="build">
      <FormFault state={state} />
      <TextField
        state={state}
        name="build.label"
        label="New build"
        required
        maxLength={120}
        placeholder="3.6.2"
        hint="It is current at once: what was tested of another build shows as stale, until it is tested again."
      />
      <details className="form-more" open={state.said !== null}>
        <summary>Commit, parts of a composite, configuration</summary>
        <div className="form-section">
          <BuildFields state={state} within="build" />
        </div>
      </details>
      <div>
        <Button type="submit">Add and make current</Button>
      </div>
    </form>
  );
}

type ListProps = {
  action: string;
  builds: readonly BuildLine[];
  stateOf: (form: string) => FormState;
  mayChoose: boolean;
};

/** The builds that are there: which is current, and what is said of each. */
export function BuildForms({ action, builds, stateOf, mayChoose }: ListProps) {
  return (
    <ul className="cards">
      {builds.map((build) => {
        const form = `describe-build-${build.id}`;
        const state = stateOf(form);
        return (
          <li key={build.id} className="card" id={form}>
            <div className="card-head">
              <code>{build.label}</code>
              <BuildMarks build={build} />
              {mayChoose && !build.isCurrent && (
                <form method="post" action={`${action}/current`}>
                  <input type="hidden" name="label" value={build.label} />
                  <Button type="submit" aria-label={`Make ${build.label} current`}>
                    Make current
                  </Button>
                </form>
              )}
            </div>
            <details className="form-more" open={state.said !== null}>
              <summary aria-label={`What is said of ${build.label}`}>What is said of it</summary>
              <form method="post" action={`${action}/describe-build`} className="form">
                <FormFault state={state} idPrefix={build.id} />
                <input type="hidden" name="which" value={build.id} />
                <input type="hidden" name="label" value={build.label} />
                <BuildFields state={state} within="details" stored={build} idPrefix={build.id} />
                <div>
                  <Button type="submit">Save</Button>
                </div>
              </form>
            </details>
          </li>
        );
      })}
    </ul>
  );
}

import { Sign } from "@/components/cells/sign";
import { ChoiceField, TextArea } from "@/components/ui/form-fields";
import { type FormState, isChosen, textOf } from "@/lib/core/form";
import { OUTCOME_SIGNS } from "@/lib/outcomes/rules";
import { OUTCOMES } from "@/lib/results/schema";
import { OUTCOME_KEYS } from "./outcome-keys";
import { buildField, type LogSheet, partyField } from "./sheet";

type Props = { sheet: LogSheet; state: FormState };

/** What the form knows already. */
export function KnownFields({ sheet, id }: { sheet: LogSheet; id: string }) {
  return (
    <>
      <input type="hidden" name="result.id" defaultValue={id} />
      <input type="hidden" name="track" value={sheet.track.slug} />
      <input type="hidden" name="result.test" value={sheet.test} />
      {Object.entries(sheet.variant).map(([name, value]) => (
        <input key={name} type="hidden" name="variant" value={`${name}=${value}`} />
      ))}
      {sheet.parties.map((party) => (
        <input key={partyField(party)} type="hidden" name="party" value={partyField(party)} />
      ))}
      <input type="hidden" name="result.outcome" value="" />
      <input type="hidden" name="result.unsupportedBy" value="" />
    </>
  );
}

/** One of eight, each with its key. */
export function OutcomeChoice({ state }: Pick<Props, "state">) {
  const fault = state.faults["result.outcome"];
  return (
    <fieldset className="log-outcomes" aria-describedby={fault && "outcome-fault"}>
      <legend>Outcome</legend>
      <div className="log-choices">
        {OUTCOMES.map((outcome, at) => (
          <label key={outcome} className="log-outcome" title={OUTCOME_SIGNS[outcome].meaning}>
            <input
              type="radio"
              id={at === 0 ? "result.outcome" : undefined}
              name="result.outcome"
              value={outcome}
              defaultChecked={isChosen(state, { field: "result.outcome", value: outcome })}
              aria-keyshortcuts={OUTCOME_KEYS[outcome]}
            />
            <Sign sign={{ state: "confirmed", outcome }} size={24} />
            <span>{OUTCOME_SIGNS[outcome].label}</span>
            <span aria-hidden="true">
              <kbd>{OUTCOME_KEYS[outcome]}</kbd>
            </span>
          </label>
        ))}
      </div>
      {fault && (
        <p id="outcome-fault" className="form-fault">
          {fault}
        </p>
      )}
    </fieldset>
  );
}

/** Shown by the style sheet where the outcome is `unsupported`, so that it works without scripts. */
export function UnsupportedBy({ sheet, state }: Props) {
  const fault = state.faults["result.unsupportedBy"];
  const roles = new Map(sheet.parties.map(({ role, roleLabel }) => [role, roleLabel]));
  return (
    <fieldset className="log-unsupported" aria-describedby={fault && "unsupported-fault"}>
      <legend>Which role does not support it?</legend>
      <div className="form-boxes">
        {[...roles].map(([role, label], at) => (
          <label key={role} className="form-box">
            <input
              type="checkbox"
              id={at === 0 ? "result.unsupportedBy" : undefined}
              name="result.unsupportedBy"
              value={role}
              defaultChecked={isChosen(state, { field: "result.unsupportedBy", value: role })}
            />
            <span>
              {label} <span className="text-soft">({namesIn(sheet, role)})</span>
            </span>
          </label>
        ))}
      </div>
      {fault && (
        <p id="unsupported-fault" className="form-fault">
          {fault}
        </p>
      )}
    </fieldset>
  );
}

const namesIn = ({ parties }: LogSheet, role: string) =>
  parties
    .filter((party) => party.role === role)
    .map(({ name }) => name)
    .join(", ");

export function NoteField({ state }: Pick<Props, "state">) {
  return (
    <TextArea
      state={state}
      name="result.note"
      label="Note"
      rows={2}
      maxLength={4096}
      hint={
        <>
          In Markdown; the other side reads it.
          <span className="log-why"> Why was it skipped?</span>
        </>
      }
    />
  );
}

/** What is preset, and rarely otherwise. */
export function PresetFields({ sheet, state }: Props) {
  const wanted = ["result.startedAt", "result.as"].some((name) => state.faults[name]);
  return (
    <details className="form-more" open={sheet.isReview || wanted || undefined}>
      <summary>Builds{sheet.own.length > 1 && ", whose word"} and time</summary>
      <div className="form-row">
        {sheet.parties.map((party) => (
          <ChoiceField
            key={partyField(party)}
            state={state}
            name={buildField(party)}
            label={`Build of ${party.name} (${party.roleLabel})`}
            options={
              party.builds.length > 0
                ? party.builds.map((label, at) => ({
                    value: label,
                    label: at === 0 ? `${label}, current` : label,
                  }))
                : [{ value: "", label: "none named" }]
            }
          />
        ))}
        {sheet.own.length > 1 && (
          <ChoiceField
            state={state}
            name="result.as"
            label="Whose word it is"
            options={sheet.own.map(({ slug, name }) => ({ value: slug, label: name }))}
          />
        )}
        <Began sheet={sheet} state={state} />
      </div>
    </details>
  );
}

function Began({ sheet, state }: Props) {
  const name = "result.startedAt";
  const fault = state.faults[name];
  return (
    <div className="form-field">
      <label htmlFor={name}>When it began ({sheet.zone})</label>
      <input
        type="datetime-local"
        id={name}
        name={name}
        defaultValue={textOf(state, name)}
        aria-invalid={fault !== undefined || undefined}
        aria-describedby={fault ? `${name}-fault ${name}-hint` : `${name}-hint`}
      />
      <p id={`${name}-hint`} className="form-hint">
        {sheet.isReview
          ? "Testing is over: only what began before its end is taken."
          : "Left empty it is just now."}
      </p>
      {fault && (
        <p id={`${name}-fault`} className="form-fault">
          {fault}
        </p>
      )}
    </div>
  );
}

/** Whether it is about what the other side has said, or about an attempt of its own. */
export function AboutField({ sheet, state }: Props) {
  if (sheet.about.length === 0) return null;
  return (
    <ChoiceField
      state={state}
      name="result.seq"
      label="This is about"
      stored={sheet.about[0]?.seq}
      options={[
        ...sheet.about.map(({ seq, words }) => ({ value: seq, label: words })),
        { value: "", label: "a new attempt" },
      ]}
    />
  );
}

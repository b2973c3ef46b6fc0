import { ChoiceField, TextArea, TextField } from "@/components/ui/form-fields";
import type { FormState } from "@/lib/core/form";
import { KIND_WORDS, SEVERITY_WORDS } from "@/lib/issues/rules";
import { ISSUE_KINDS, type IssueFacts, SEVERITIES } from "@/lib/issues/schema";
import { CAUSE_WORDS } from "@/lib/rulings/rules";
import { RULING_CAUSES } from "@/lib/rulings/schema";

const kinds = ISSUE_KINDS.map((value) => ({ value, label: KIND_WORDS[value] }));
const severities = SEVERITIES.map((value) => ({ value, label: SEVERITY_WORDS[value] }));
const causes = RULING_CAUSES.map((value) => ({ value, label: CAUSE_WORDS[value] }));

type Props = {
  state: FormState;
  stored: IssueFacts;
  /** Names to choose a target from; any other may be typed. */
  targets: readonly string[];
};

/** What is wrong, of what kind, and whose it is to mend. */
export function IssueFields({ state, stored, targets }: Props) {
  return (
    <>
      <TextField
        state={state}
        name="issue.title"
        label="What is wrong, in a few words"
        stored={stored.title}
        required
        maxLength={160}
      />
      <div className="form-row">
        <ChoiceField
          state={state}
          name="issue.kind"
          label="Kind"
          stored={stored.kind}
          options={kinds}
        />
        <ChoiceField
          state={state}
          name="issue.severity"
          label="Severity"
          stored={stored.severity}
          options={severities}
        />
        <ChoiceField
          state={state}
          name="issue.cause"
          label="Cause"
          stored={stored.cause}
          options={causes}
        />
      </div>
      <TextField
        state={state}
        name="issue.target"
        label="Against"
        stored={stored.target}
        maxLength={80}
        list="issue-targets"
        autoComplete="off"
        hint="The project that can mend it, or a tool that nobody brought, such as SIPp. Empty where that is not known yet."
      />
      <datalist id="issue-targets">
        {targets.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      <TextArea
        state={state}
        name="issue.body"
        label="What happened"
        stored={stored.body}
        rows={10}
        maxLength={20_000}
        hint="Markdown. What you did, what came, what should have come."
      />
    </>
  );
}

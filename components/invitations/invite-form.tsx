import { Button } from "@/components/ui/button";
import { ChoiceField, FormFault, TextField } from "@/components/ui/form-fields";
import type { FormState } from "@/lib/core/form";

type Props = {
  action: string;
  state: FormState;
  /** What a link may give: `member/ENTRY`, `lead/TRACK`, `organizer`. */
  options: readonly { value: string; label: string }[];
};

/** Makes a link that gives one role, to whoever opens it first and signs in. */
export function InviteForm({ action, state, options }: Props) {
  const [only] = options;
  return (
    <form method="post" action={`${action}/invite`} className="form" id="invite">
      <FormFault state={state} />
      <div className="form-row">
        {options.length === 1 && only ? (
          <input type="hidden" name="gives" value={only.value} />
        ) : (
          <ChoiceField state={state} name="gives" label="To become" options={options} />
        )}
        <TextField
          state={state}
          name="invitation.note"
          label="For whom"
          maxLength={120}
          placeholder="Ann of baresip"
          hint="For your own list; it is not sent anywhere."
        />
      </div>
      <div>
        <Button type="submit">Make a link</Button>
      </div>
    </form>
  );
}

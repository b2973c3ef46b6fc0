import { Button } from "@/components/ui/button";
import { FormFault, TextField } from "@/components/ui/form-fields";
import type { FormState } from "@/lib/core/form";

type Props = { action: string; state: FormState };

/** The next edition, from this one. */
export function EditionForm({ action, state }: Props) {
  return (
    <form method="post" action={action} className="form" id="edition">
      <FormFault state={state} />
      <p className="form-hint">
        A new draft with the tracks, roles and tests of this event, and the saved views for
        everybody that name no entry. Entries, results, dates, leads and words are not taken over;
        you are its organizer.
      </p>
      <div className="form-row">
        <TextField
          state={state}
          name="edition.label"
          label="Its name"
          required
          maxLength={80}
          placeholder="OpenSIPIt'04"
        />
        <TextField
          state={state}
          name="edition.slug"
          label="Short name in addresses"
          required
          maxLength={60}
          placeholder="opensipit-04"
        />
      </div>
      <div>
        <Button type="submit">Make the next edition</Button>
      </div>
    </form>
  );
}

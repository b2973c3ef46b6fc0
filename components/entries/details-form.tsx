import { Button } from "@/components/ui/button";
import { ChoiceField, FormFault, TextArea, TextField } from "@/components/ui/form-fields";
import type { FormState } from "@/lib/core/form";
import type { EntryKind, EntryPage } from "@/lib/entries/schema";
import { KIND_OPTIONS } from "./kinds";

type Props = { action: string; state: FormState; entry: Pick<EntryPage, "name" | "note"> };

/** How an entry is called, and what others should know. */
export function DetailsForm({ action, state, entry }: Props) {
  return (
    <form method="post" action={`${action}/details`} className="form">
      <FormFault state={state} />
      <TextField
        state={state}
        name="details.name"
        label="Name on the matrix"
        stored={entry.name}
        required
        maxLength={80}
      />
      <TextArea
        state={state}
        name="details.note"
        label="Note"
        stored={entry.note}
        maxLength={1000}
      />
      <div>
        <Button type="submit">Save name and note</Button>
      </div>
    </form>
  );
}

type KindProps = { action: string; state: FormState; kind: EntryKind };

/** For organizers: whether an entry is under test. */
export function KindForm({ action, state, kind }: KindProps) {
  return (
    <form method="post" action={`${action}/kind`} className="form" id="kind">
      <FormFault state={state} />
      <ChoiceField
        state={state}
        name="kind"
        label="Takes part as"
        stored={kind}
        options={KIND_OPTIONS}
        hint="For organizers alone, and only until results name it: they are counted by what it is."
      />
      <div>
        <Button type="submit">Save as what it takes part</Button>
      </div>
    </form>
  );
}

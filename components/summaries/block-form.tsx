import { Button } from "@/components/ui/button";
import { ChoiceField, FormFault, TextArea, TextField } from "@/components/ui/form-fields";
import type { FormState } from "@/lib/core/form";
import type { Block, Desk } from "@/lib/summaries/schema";
import { BLOCK_STATE_OPTIONS } from "./block-states";

type Props = {
  action: string;
  state: FormState;
  block: Block;
  /** Whom it can be given to; empty for who may not. */
  people: Desk["people"];
};

/** Writes one text. It carries the revision that is shown with it. */
export function BlockForm({ action, state, block, people }: Props) {
  return (
    <form method="post" action={`${action}/save`} className="form" id="block">
      <FormFault state={state} />
      <input type="hidden" name="block.revision" value={block.revision} />
      <TextField
        state={state}
        name="block.title"
        label="Title"
        stored={block.title}
        required
        maxLength={120}
      />
      <TextArea
        state={state}
        name="block.body"
        label="Text"
        stored={block.body}
        rows={18}
        maxLength={8000}
        hint="Markdown: **bold**, *italic*, lists, [links](https://…), `code`, tables. Who has not agreed to be named is told as “a participant”."
      />
      <div className="form-row">
        <ChoiceField
          state={state}
          name="block.state"
          label="State"
          stored={block.state}
          options={BLOCK_STATE_OPTIONS}
        />
        {people.length > 0 && (
          <ChoiceField
            state={state}
            name="block.assigneeId"
            label="Given to"
            stored={block.assignee?.id ?? ""}
            options={[
              { value: "", label: block.track ? "Its track’s leads" : "The organizers" },
              ...people.map(({ id, name }) => ({ value: id, label: name })),
            ]}
          />
        )}
      </div>
      <div>
        <Button type="submit" className="button-primary">
          Save the text
        </Button>
      </div>
    </form>
  );
}

type AddProps = {
  action: string;
  state: FormState;
  tracks: readonly { slug: string; title: string }[];
};

/** One more text beside the first ones. */
export function AddBlockForm({ action, state, tracks }: AddProps) {
  return (
    <form method="post" action={action} className="form" id="add">
      <FormFault state={state} />
      <div className="form-row">
        <TextField
          state={state}
          name="title"
          label="One more text"
          required
          maxLength={120}
          placeholder="Hackathon"
        />
        <ChoiceField
          state={state}
          name="about"
          label="About"
          options={[
            { value: "", label: "The event" },
            ...tracks.map(({ slug, title }) => ({ value: slug, label: title })),
          ]}
        />
      </div>
      <div>
        <Button type="submit">Add the text</Button>
      </div>
    </form>
  );
}

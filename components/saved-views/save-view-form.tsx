import { Button } from "@/components/ui/button";
import { Box, FormFault, TextField } from "@/components/ui/form-fields";
import type { FormState } from "@/lib/core/form";

type Props = {
  action: string;
  here: string;
  state: FormState;
  track: { restricted: boolean; mayLead: boolean };
};

/** Keeps what the page shows. Its address carries the view: a name is all that is typed. */
export const SaveViewForm = ({ action, here, state, track }: Props) => (
  <form
    method="post"
    action={here === "?" ? action : `${action}${here}`}
    className="saved-form"
    id="save-view"
    aria-label="Save this view"
  >
    <FormFault state={state} idPrefix="save-" />
    <div className="form-inline">
      <TextField
        state={state}
        name="view.name"
        idPrefix="save-"
        label="Save this view as"
        maxLength={80}
        autoComplete="off"
        required
      />
      <Button type="submit">Save</Button>
    </div>
    {track.mayLead && (
      <Box state={state} name="everybody">
        For everybody who sees this track
        {track.restricted && ", its parties too: they read the name and what it asks for"}
      </Box>
    )}
  </form>
);

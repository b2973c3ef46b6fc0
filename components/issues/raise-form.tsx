import { CellLine } from "@/components/issues/cell-line";
import { Button } from "@/components/ui/button";
import { FormFault, TextField } from "@/components/ui/form-fields";
import { type FormState, textOf } from "@/lib/core/form";
import type { Raising } from "@/lib/issues/schema";
import { IssueFields } from "./issue-fields";
import { TrackChoice } from "./track-choice";

type Props = {
  eventSlug: string;
  raising: Raising;
  /** The track that the reader came from. */
  track: string;
  state: FormState;
  /** The issue's id: made here, so that sending the form twice raises one. */
  id: string;
};

/** Raises an issue. From a cell everything needed is there already: what is left is to press the button. */
export function RaiseForm({ eventSlug, raising, track, state, id }: Props) {
  const { cell, targets, tracks, name } = raising;
  const stored = {
    title: cell?.title ?? "",
    body: cell?.body ?? "",
    kind: "bug",
    severity: "major",
    cause: "unknown",
    target: "",
    track,
  } as const;
  return (
    <form
      method="post"
      action={`/events/${eventSlug}/issues/raise/send`}
      className="form"
      id="raise"
    >
      <FormFault state={state} />
      <input type="hidden" name="issue.id" value={textOf(state, "issue.id", id)} />
      {cell && (
        <div className="issue-from">
          <input type="hidden" name="issue.cell" value={cell.id} />
          <CellLine eventSlug={eventSlug} cell={cell} />
        </div>
      )}
      <IssueFields state={state} stored={stored} targets={targets} />
      <div className="form-row">
        {!cell && <TrackChoice state={state} tracks={tracks} stored={track} />}
        <TextField
          state={state}
          name="issue.foundBy"
          label="Found by"
          stored={name}
          maxLength={80}
          hint="By the name they want to be thanked by in the summary. Empty: nobody is named."
        />
      </div>
      <div>
        <Button type="submit" className="button-primary">
          Raise the issue
        </Button>
      </div>
    </form>
  );
}

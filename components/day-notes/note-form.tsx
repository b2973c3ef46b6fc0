import { Button } from "@/components/ui/button";
import { FormFault, TextArea } from "@/components/ui/form-fields";
import type { FormState } from "@/lib/core/form";
import type { NotePage } from "@/lib/day-notes/schema";

type Props = { action: string; state: FormState; page: NotePage };

/** A day's note to be written; each button keeps what was written, and posts it or takes it back. */
export function DayNoteForm({ action, state, page: { note, draft } }: Props) {
  const isPosted = note?.postedAt != null;
  return (
    <form method="post" action={`${action}/save`} className="form" id="note">
      <FormFault state={state} />
      <input type="hidden" name="note.seen" value={note?.updatedAt ?? ""} />
      <TextArea
        state={state}
        name="note.body"
        label="Note"
        stored={note?.body ?? draft}
        hint="Markdown. What is posted is read by everybody who sees the results of this track."
        rows={18}
        maxLength={20_000}
      />
      <div className="form-actions">
        {isPosted ? (
          <>
            <Button type="submit" className="button-primary">
              Save what is posted
            </Button>
            <Button type="submit" formAction={`${action}/take-back`}>
              Take it off the event page
            </Button>
          </>
        ) : (
          <>
            <Button type="submit" formAction={`${action}/post`} className="button-primary">
              Post on the event page
            </Button>
            <Button type="submit">Keep, do not post yet</Button>
          </>
        )}
      </div>
    </form>
  );
}

import { Button } from "@/components/ui/button";
import { FormFault, TextArea } from "@/components/ui/form-fields";
import { Markdown } from "@/components/ui/markdown";
import { Moment } from "@/components/ui/moment";
import { type FormState, textOf } from "@/lib/core/form";
import type { IssuePage } from "@/lib/issues/schema";

type Props = {
  issue: IssuePage;
  action: string;
  state: FormState;
  /** The next comment's id: made here, so that sending it twice says it once. */
  id: string;
};

/** What was said of the issue, and a place to say more. */
export function Comments({ issue: { commentLines, zone, may }, action, state, id }: Props) {
  if (commentLines.length === 0 && !may.comment) return null;
  return (
    <section className="block" aria-labelledby="comments">
      <h2 id="comments">
        Comments <span className="tab-count">{commentLines.length}</span>
      </h2>
      <ol className="issue-comments">
        {commentLines.map((comment) => (
          <li key={comment.id}>
            <p className="issue-by">
              <b>{comment.by}</b> <Moment at={comment.at} zone={zone} />
            </p>
            <Markdown text={comment.text} />
          </li>
        ))}
      </ol>
      {may.comment && (
        <form method="post" action={`${action}/comment`} className="form" id="comment">
          <FormFault state={state} />
          <input type="hidden" name="comment.id" value={textOf(state, "comment.id", id)} />
          <TextArea
            state={state}
            name="comment.text"
            label="Comment"
            rows={4}
            maxLength={20_000}
            hint="Markdown."
          />
          <div>
            <Button type="submit">Comment</Button>
          </div>
        </form>
      )}
    </section>
  );
}

import { Button } from "@/components/ui/button";
import { FormFault } from "@/components/ui/form-fields";
import type { FormState } from "@/lib/core/form";
import type { IssuePage, Raising } from "@/lib/issues/schema";
import { IssueFields } from "./issue-fields";
import { TrackChoice } from "./track-choice";

type Props = {
  issue: IssuePage;
  action: string;
  state: FormState;
  targets: readonly string[];
  tracks: Raising["tracks"];
};

/** Changes what is said of the issue; folded away, since it is rare. */
export function FactsForm({ issue, action, state, targets, tracks }: Props) {
  const track = issue.track?.slug ?? "";
  const stored = { ...issue, target: issue.target?.name ?? "", track };
  return (
    <details className="form-more block no-print" open={state.said !== null}>
      <summary>Change title, kind, target or text</summary>
      <form method="post" action={`${action}/edit`} className="form" id="edit">
        <FormFault state={state} />
        {/* What the issue says on this page, and not what it said when a refused form was sent. */}
        <input type="hidden" name="seen" value={issue.said} />
        <IssueFields state={state} stored={stored} targets={targets} />
        {issue.cellLines.length > 0 ? (
          <input type="hidden" name="issue.track" value={track} />
        ) : (
          <TrackChoice state={state} tracks={tracks} stored={track} />
        )}
        <div>
          <Button type="submit">Save what is said</Button>
        </div>
      </form>
    </details>
  );
}

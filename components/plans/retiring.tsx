import { Button } from "@/components/ui/button";
import { FormFault } from "@/components/ui/form-fields";
import type { FormState } from "@/lib/core/form";
import type { PlannedPage } from "@/lib/plans/schema";

type Props = { action: string; planned: PlannedPage; state: FormState };

/** Takes a test out of the plan, or back into it. */
export function Retiring({ action, planned: { content, retired, hasResults }, state }: Props) {
  return (
    <section className="block" aria-labelledby="retiring">
      <h2 id="retiring">{retired ? "Retired" : "Retire"}</h2>
      <form
        method="post"
        action={`${action}/${retired ? "bring-back" : "retire"}`}
        className="form"
        id="retire"
      >
        <FormFault state={state} />
        <p className="form-hint">
          {retired
            ? "It is in no matrix and takes no results. What waits under its names is taken in when it comes back."
            : `It leaves the plan and the matrix${hasResults ? ", keeps the results that it has," : ""} and takes no more; its names are free for another test.`}
        </p>
        <div>
          <Button type="submit">
            {retired ? "Bring" : "Retire"} {content.key}
            {retired && " back"}
          </Button>
        </div>
      </form>
    </section>
  );
}

import { Button } from "@/components/ui/button";
import { Box, FormFault, TextArea } from "@/components/ui/form-fields";
import type { FormState } from "@/lib/core/form";
import type { Preview } from "@/lib/summaries/schema";

type Props = { action: string; state: FormState; preview: Preview };

/** Publishes what stands below it, and nothing else: the digest says which. */
export function PublishForm({ action, state, preview: { digest, checks, nextVersion } }: Props) {
  const many = checks === 1 ? "the one thing" : `the ${checks} things`;
  return (
    <form method="post" action={action} className="form" id="publish">
      <FormFault state={state} />
      <input type="hidden" name="digest" value={digest} />
      {nextVersion > 1 && (
        <TextArea
          state={state}
          name="changelog"
          label="What this version corrects"
          maxLength={2000}
          rows={2}
          hint="Readers of the version before see it on top of the page."
        />
      )}
      {checks > 0 && (
        <Box state={state} name="read" required>
          I have looked at {many} that the desk lists, and publish as it is.
        </Box>
      )}
      <div>
        <Button type="submit" className="button-primary">
          Publish version {nextVersion}
        </Button>
      </div>
      <p className="form-hint">
        A published version stays as it is. Corrections are further versions; the event does not go
        back to review.
      </p>
    </form>
  );
}

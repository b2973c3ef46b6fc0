import { Button } from "@/components/ui/button";
import { Box, FormFault } from "@/components/ui/form-fields";
import type { FormState } from "@/lib/core/form";
import type { Consent } from "@/lib/entries/schema";

type Props = { action: string; state: FormState; consent: Consent };

/** What of an entry may be published. */
export function ConsentForm({ action, state, consent }: Props) {
  return (
    <form method="post" action={`${action}/consent`} className="form" id="consent">
      <FormFault state={state} />
      <div className="grid">
        <Box state={state} name="named" stored={consent.named}>
          Name this entry
        </Box>
        <Box state={state} name="passing" stored={consent.passing}>
          Show its results that passed
        </Box>
        <Box state={state} name="failing" stored={consent.failing}>
          Show its results that did not: failures, timeouts, what it does not support
        </Box>
      </div>
      <p className="form-hint">
        What you do not tick shows as “withheld”, so that its absence is not read as success.
        Without the name none of its results show. Nobody can tick these for you.
      </p>
      <div>
        <Button type="submit">Save consent</Button>
      </div>
    </form>
  );
}

import { Box, ChoiceField } from "@/components/ui/form-fields";
import { SCOPE_WORDS } from "@/lib/agents/rules";
import { SCOPES } from "@/lib/agents/schema";
import type { FormState } from "@/lib/core/form";

const LIFETIMES = [
  { value: "", label: "A week beyond the event, 30 days at least" },
  { value: "1", label: "One day" },
  { value: "7", label: "A week" },
  { value: "30", label: "30 days" },
  { value: "180", label: "Half a year" },
] as const;

type Props = { state: FormState; name: string; idPrefix?: string };

/** What a token may do, and for how long. */
export function TokenFields({ state, name, idPrefix = "" }: Props) {
  return (
    <>
      <fieldset>
        <legend className="text-small font-semibold">It may</legend>
        <div className="form-boxes">
          {SCOPES.map((scope) => (
            <Box key={scope} state={state} name={`${name}.scopes`} value={scope} stored>
              {SCOPE_WORDS[scope]} <code className="text-faint">{scope}</code>
            </Box>
          ))}
        </div>
      </fieldset>
      <ChoiceField
        state={state}
        name={`${name}.days`}
        label="It ends after"
        options={LIFETIMES}
        idPrefix={idPrefix}
      />
    </>
  );
}

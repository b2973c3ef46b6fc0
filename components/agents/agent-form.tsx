import { Button } from "@/components/ui/button";
import { ChoiceField, FormFault, TextField } from "@/components/ui/form-fields";
import { NEUTRAL } from "@/lib/agents/rules";
import type { AgentList } from "@/lib/agents/schema";
import type { FormState } from "@/lib/core/form";
import { TokenFields } from "./token-fields";

type Props = { action: string; state: FormState; list: AgentList };

/** Makes an agent and its first token. */
export function AgentForm({ action, state, list: { entries, mayMakeNeutral } }: Props) {
  const options = [
    ...entries.map(({ slug, name }) => ({ value: slug, label: name })),
    ...(mayMakeNeutral ? [{ value: NEUTRAL, label: "Nobody: a neutral harness" }] : []),
  ];
  const [only] = options;
  return (
    <form method="post" action={action} className="form" id="create">
      <FormFault state={state} />
      <div className="form-row">
        <TextField
          state={state}
          name="agent.name"
          label="Name"
          maxLength={64}
          placeholder="opensips-vm"
          hint="The machine or the harness that pushes."
        />
        {options.length === 1 && only ? (
          <input type="hidden" name="agent.entry" value={only.value} />
        ) : (
          <ChoiceField state={state} name="agent.entry" label="Speaks for" options={options} />
        )}
      </div>
      <TokenFields state={state} name="agent" />
      <div>
        <Button type="submit">Make an agent</Button>
      </div>
    </form>
  );
}

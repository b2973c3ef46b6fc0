import { Button } from "@/components/ui/button";
import { Box, ChoiceField, FormFault, TextField } from "@/components/ui/form-fields";
import type { FormState } from "@/lib/core/form";
import { TRANSPORTS, type TrackChoice } from "@/lib/entries/schema";

type Props = { action: string; state: FormState; tracks: readonly TrackChoice[] };

/** Says where an entry can be reached in a role. */
export function EndpointForm({ action, state, tracks }: Props) {
  return (
    <form method="post" action={`${action}/endpoint`} className="form" id="endpoint">
      <FormFault state={state} />
      <TextField
        state={state}
        name="endpoint.uri"
        label="Address"
        required
        maxLength={255}
        placeholder="sip:srs@10.0.0.7:5060"
        hint="Those who take part see it; visitors do not."
      />
      <div className="form-row">
        <ChoiceField state={state} name="endpoint.role" label="Role" options={rolesOf(tracks)} />
        <ChoiceField
          state={state}
          name="endpoint.transport"
          label="Transport"
          options={TRANSPORTS.map((value) => ({ value, label: value.toUpperCase() }))}
        />
        <TextField
          state={state}
          name="endpoint.machine"
          label="Machine"
          maxLength={120}
          placeholder="vm-3"
        />
      </div>
      <Box state={state} name="endpoint.unattended">
        Others may call it while nobody of us watches
      </Box>
      <TextField
        state={state}
        name="endpoint.note"
        label="When, and how hard"
        maxLength={400}
        placeholder="08:00 to 18:00 UTC, at most 5 calls a second"
      />
      <div>
        <Button type="submit">Add the endpoint</Button>
      </div>
    </form>
  );
}

/** Every role once, whichever tracks have it. */
const rolesOf = (tracks: readonly TrackChoice[]) => {
  const labels = new Map(
    tracks.flatMap(({ roles }) => roles.map(({ key, label }) => [key, label])),
  );
  return [...labels].map(([value, label]) => ({ value, label: `${label} (${value})` }));
};

import { Button } from "@/components/ui/button";
import { ChoiceField, FormFault, TextField } from "@/components/ui/form-fields";
import type { FormState } from "@/lib/core/form";
import { listZones } from "@/lib/persons/rules";
import type { Profile } from "@/lib/persons/schema";

export function ProfileForm({ profile, state }: { profile: Profile; state: FormState }) {
  const zones = listZones(profile.zone).map((zone) => ({ value: zone, label: zone }));
  return (
    <form method="post" action="/account/profile" className="form">
      <FormFault state={state} />
      <TextField
        state={state}
        name="name"
        label="Name"
        stored={profile.name}
        maxLength={80}
        autoComplete="name"
        hint={`As the others at an event see you. Without one they see ${profile.email ?? "nothing"}.`}
      />
      <ChoiceField
        state={state}
        name="zone"
        label="Time zone"
        hint="In which times are shown to you."
        stored={profile.zone ?? ""}
        options={[{ value: "", label: "None: each event’s own" }, ...zones]}
      />
      <div className="form-actions">
        <Button type="submit" className="button-primary">
          Save
        </Button>
      </div>
    </form>
  );
}

import { Button } from "@/components/ui/button";
import { ChoiceField, FormFault, TextArea, TextField } from "@/components/ui/form-fields";
import type { FormState } from "@/lib/core/form";
import type { SettingsPage, Sponsor } from "@/lib/events/schema";

type Props = { action: string; state: FormState; settings: SettingsPage };

/** One sponsor a line, as the field shows and takes it: `Name | https://… | note`. */
const lineOf = ({ name, url, note }: Sponsor) =>
  [name, url, note].join(" | ").replace(/( \| )+$/, "");

/** What an organizer sets of an event. */
export function SettingsForm({ action, state, settings }: Props) {
  return (
    <form method="post" action={action} className="form" id="settings">
      <FormFault state={state} />
      <TextField
        state={state}
        name="settings.label"
        label="Name"
        stored={settings.label}
        required
        maxLength={80}
      />
      <TextArea
        state={state}
        name="settings.intro"
        label="What it is about"
        stored={settings.intro}
        rows={4}
        maxLength={4000}
      />
      <TextField
        state={state}
        name="settings.place"
        label="Where"
        stored={settings.place}
        maxLength={200}
      />
      <div className="form-row">
        <TextField
          state={state}
          name="settings.startsOn"
          label="First day"
          type="date"
          stored={settings.startsOn}
        />
        <TextField
          state={state}
          name="settings.endsOn"
          label="Last day"
          type="date"
          stored={settings.endsOn}
        />
        <TextField
          state={state}
          name="settings.zone"
          label="Time zone"
          stored={settings.zone}
          required
          placeholder="Europe/Bucharest"
        />
      </div>
      <Policies state={state} settings={settings} />
      <TextArea
        state={state}
        name="settings.sponsors"
        label="Sponsors"
        stored={settings.sponsors.map(lineOf).join("\n")}
        hint="One a line: name | address | for what. Address and reason may be left out."
      />
      <div>
        <Button type="submit" className="button-primary">
          Save the settings
        </Button>
      </div>
    </form>
  );
}

function Policies({ state, settings }: Omit<Props, "action">) {
  return (
    <div className="form-row">
      <ChoiceField
        state={state}
        name="settings.visibility"
        label="Results are seen by"
        stored={settings.visibility}
        options={[
          { value: "members", label: "those who take part, until it is published" },
          { value: "public", label: "everybody, live" },
        ]}
      />
      <ChoiceField
        state={state}
        name="settings.entryPolicy"
        label="A project that enters"
        stored={settings.entryPolicy}
        options={[
          { value: "approval", label: "waits for an organizer" },
          { value: "open", label: "is in at once" },
        ]}
      />
      <ChoiceField
        state={state}
        name="settings.unmappedNames"
        label="Results under an unknown test name"
        stored={settings.unmappedNames}
        options={[
          { value: "accept", label: "are kept, until a lead maps it" },
          { value: "refuse", label: "are refused" },
        ]}
      />
    </div>
  );
}

import { Button } from "@/components/ui/button";
import { ChoiceField, FormFault, TextField } from "@/components/ui/form-fields";
import { type FormState, textOf } from "@/lib/core/form";
import type { EntryPage } from "@/lib/entries/schema";
import { CAPABILITY_OPTIONS } from "./capability-words";

type Track = EntryPage["choices"][number];
type Props = {
  action: string;
  id: string;
  state: FormState;
  track: Track;
  capabilities: EntryPage["capabilities"];
  features: EntryPage["features"];
};

/** What an entry can do in a track: each of its roles, and features by name. */
export function CapabilityForm({ action, id, state, track, capabilities, features }: Props) {
  const stored = capabilities.filter((line) => line.track === track.slug);
  const listId = `features-${track.slug}`;
  return (
    <form method="post" action={action} className="form" id={id}>
      <FormFault state={state} idPrefix={id} />
      <input type="hidden" name="which" value={track.slug} />
      <table className="list" data-dense="true">
        <caption className="sr-only">What it can do in {track.title}</caption>
        <tbody>
          {linesOf(track, stored).map((line) => (
            <Line key={`${line.role} ${line.feature}`} state={state} {...line} />
          ))}
        </tbody>
      </table>
      <datalist id={listId}>
        {features
          .filter((one) => one.track === track.slug)
          .map(({ feature }) => (
            <option key={feature} value={feature} />
          ))}
      </datalist>
      <div className="form-row">
        <TextField
          state={state}
          idPrefix={id}
          name="feature"
          label="One more: a feature"
          maxLength={80}
          list={listId}
          placeholder="SHA-512-256"
        />
        <ChoiceField
          state={state}
          idPrefix={id}
          name="featureRole"
          label="of the role"
          options={track.roles.map(({ key, label }) => ({ value: key, label }))}
        />
        <ChoiceField
          state={state}
          idPrefix={id}
          name="featureValue"
          label="is supported"
          options={CAPABILITY_OPTIONS}
        />
      </div>
      <div>
        <Button type="submit">Save what it can do in {track.title}</Button>
      </div>
    </form>
  );
}

type LineProps = { role: string; roleLabel: string; feature: string; value: string };

/** Every role, told of or not, each followed by its features. */
function linesOf({ roles }: Track, stored: EntryPage["capabilities"]): LineProps[] {
  return roles.flatMap(({ key, label }) => {
    const told = stored.filter(({ role }) => role === key);
    const itself = told.find(({ feature }) => feature === "");
    return [
      { role: key, roleLabel: label, feature: "", value: itself?.value ?? "" },
      ...told
        .filter(({ feature }) => feature !== "")
        .map(({ feature, value }) => ({ role: key, roleLabel: label, feature, value })),
    ];
  });
}

function Line({ state, role, roleLabel, feature, value }: LineProps & { state: FormState }) {
  const name = `capability:${role}:${feature}`;
  const what = feature || "the role itself";
  return (
    <tr>
      <th scope="row">
        {roleLabel}
        <span className="text-soft">, {what}</span>
      </th>
      <td className="form-cell">
        <select
          name={name}
          defaultValue={textOf(state, name, value)}
          aria-label={`${roleLabel}, ${what}`}
        >
          {CAPABILITY_OPTIONS.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      </td>
    </tr>
  );
}

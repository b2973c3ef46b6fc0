import { ChoiceField } from "@/components/ui/form-fields";
import type { FormState } from "@/lib/core/form";
import type { Raising } from "@/lib/issues/schema";

type Props = { state: FormState; tracks: Raising["tracks"]; stored: string };

/** The track of an issue that has no cell. */
export function TrackChoice({ state, tracks, stored }: Props) {
  return (
    <ChoiceField
      state={state}
      name="issue.track"
      label="Track"
      stored={stored}
      options={[
        { value: "", label: "none: about the event as a whole" },
        ...tracks.map(({ slug, title }) => ({ value: slug, label: title })),
      ]}
    />
  );
}

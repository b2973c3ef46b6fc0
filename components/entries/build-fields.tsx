import { TextArea, TextField } from "@/components/ui/form-fields";
import type { FormState } from "@/lib/core/form";
import type { BuildLine } from "@/lib/entries/schema";

type Props = {
  state: FormState;
  /** Where a build is in what the form sends. */
  within: string;
  stored?: BuildLine;
  idPrefix?: string;
};

/** What there is to say of a build beside its label. */
export function BuildFields({ state, within, stored, idPrefix = "" }: Props) {
  return (
    <>
      <TextField
        state={state}
        idPrefix={idPrefix}
        name={`${within}.commit`}
        label="Commit"
        stored={stored?.commit ?? ""}
        maxLength={64}
        hint="As your repository names it; a fix is found by it later."
      />
      <TextArea
        state={state}
        idPrefix={idPrefix}
        name={`${within}.parts`}
        label="Parts, if it is put together from several"
        stored={(stored?.parts ?? []).map(partLine).join("\n")}
        hint={
          <>
            One a line, as <code>FreeSWITCH = 1.10.10</code>.
          </>
        }
      />
      <TextArea
        state={state}
        idPrefix={idPrefix}
        name={`${within}.note`}
        label="Configuration"
        stored={stored?.note ?? ""}
        maxLength={1000}
        hint="What of its configuration matters for the tests."
      />
    </>
  );
}

const partLine = ({ name, version }: BuildLine["parts"][number]) =>
  version === "" ? name : `${name} = ${version}`;

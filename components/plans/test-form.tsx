import { Button } from "@/components/ui/button";
import { Box, ChoiceField, FormFault, TextArea, TextField } from "@/components/ui/form-fields";
import type { FormState } from "@/lib/core/form";
import type { CatalogueTest } from "@/lib/tracks/schema";
import {
  acceptedText,
  aliasesText,
  measurementsText,
  referencesText,
  stepsText,
  variantsText,
} from "./plan-text";
import { RoleCounts } from "./role-counts";

type Role = { key: string; label: string };
type Props = {
  action: string;
  state: FormState;
  /** Null for a new one. */
  test: CatalogueTest | null;
  roles: readonly Role[];
  profile: string;
  seen: string;
  submit: string;
};

const KINDS = [
  { value: "pair", label: "Pair: two required roles" },
  { value: "solo", label: "Solo: one required role" },
  { value: "group", label: "Group: three or more" },
];
const LEVELS = ["must", "should", "may"].map((value) => ({ value, label: value }));

/** A test case to be written; what is written as a list has one thing a line. */
export function TestForm(props: Props) {
  const { action, state, test, seen, submit } = props;
  return (
    <form method="post" action={action} className="form" id="test">
      <FormFault state={state} />
      {test && <input type="hidden" name="seen" value={seen} />}
      <Head {...props} />
      <Substance {...props} />
      <Words {...props} />
      <div className="form-actions">
        <Button type="submit" className="button-primary">
          {submit}
        </Button>
      </div>
    </form>
  );
}

function Head({ state, test }: Props) {
  return (
    <fieldset className="form-section">
      <legend>What it is called</legend>
      {test === null && (
        <TextField
          state={state}
          name="test.key"
          label="Key"
          hint="Short and for good, such as DTLS-19: results name the test by it."
          required
          maxLength={64}
        />
      )}
      <TextField
        state={state}
        name="test.title"
        label="Title"
        stored={test?.title ?? ""}
        required
        maxLength={160}
      />
      <TextArea
        state={state}
        name="test.purpose"
        label="Purpose"
        stored={test?.purpose ?? ""}
        maxLength={400}
      />
      <ChoiceField
        state={state}
        name="test.level"
        label="Level"
        stored={test?.level ?? "should"}
        options={LEVELS}
        hint="Of what is a must, the desk lists what nobody has tried."
      />
    </fieldset>
  );
}

/** What makes a new version when it is changed. */
function Substance({ state, test, roles, profile }: Props) {
  const area = (name: keyof CatalogueTest, stored: string) => ({
    state,
    name: `test.${name}`,
    stored,
  });
  return (
    <fieldset className="form-section">
      <legend>What is run, and how it is judged</legend>
      <p className="form-hint">
        A change of any of this makes a new version; results of the older ones are marked stale.
      </p>
      <ChoiceField
        {...area("kind", test?.kind ?? "pair")}
        label="Between how many"
        options={KINDS}
      />
      <RoleCounts state={state} roles={roles} used={test?.roles ?? []} />
      <div className="form-boxes">
        <Box state={state} name="test.directional" stored={test?.directional ?? true}>
          Swapping the roles makes another cell
        </Box>
        <Box state={state} name="test.measured" stored={test?.measured ?? false}>
          A measurement: the outcome only says whether it is valid
        </Box>
      </div>
      <TextArea
        {...area("variants", test ? variantsText(test) : "")}
        label="Variants"
        hint="One a line, as transport: udp, tcp"
      />
      <TextArea
        {...area("preconditions", test?.preconditions.join("\n") ?? "")}
        label="Preconditions"
        hint="One a line."
      />
      <TextArea
        {...area("steps", test ? stepsText(test) : "")}
        label="Steps"
        hint="One a line. Begin with configure:, stimulus:, verify: or check:"
        rows={6}
      />
      <TextArea {...area("expected", test?.expected ?? "")} label="Expected" maxLength={800} />
      <TextArea {...area("passCriteria", test?.passCriteria ?? "")} label="Pass" maxLength={600} />
      <TextArea {...area("failCriteria", test?.failCriteria ?? "")} label="Fail" maxLength={600} />
      <TextArea
        {...area("accepted", test ? acceptedText(test) : "")}
        label="Accepted answers by reference profile"
        hint={`One profile a line, as ${profile}: 437, 438 | and a note. This track is judged by ${profile}.`}
      />
      <TextArea
        {...area("measurements", test ? measurementsText(test) : "")}
        label="Measurements"
        hint="One a line: id | name | unit | how | where it is taken | reference, if there is one"
      />
    </fieldset>
  );
}

/** What may be reworded without a new version. */
function Words({ state, test }: Props) {
  return (
    <fieldset className="form-section">
      <legend>Names and sources</legend>
      <TextArea
        state={state}
        name="test.aliases"
        label="Names that tools use"
        stored={test ? aliasesText(test) : ""}
        hint="One a line; name => transport: udp where it stands for one variant. Results that wait under a new name are taken in at once."
      />
      <TextArea
        state={state}
        name="test.references"
        label="References"
        stored={test ? referencesText(test) : ""}
        hint="One a line; begin with ? where nobody has read the text."
      />
      <TextArea
        state={state}
        name="test.evidence"
        label="Evidence to keep"
        stored={test?.evidence.join("\n") ?? ""}
        hint="One a line."
      />
      <TextArea
        state={state}
        name="test.sources"
        label="Where the case comes from"
        stored={test?.sources.join("\n") ?? ""}
        hint="One a line."
      />
      <TextArea
        state={state}
        name="test.automation"
        label="Automation"
        stored={test?.automation ?? ""}
        maxLength={400}
      />
    </fieldset>
  );
}

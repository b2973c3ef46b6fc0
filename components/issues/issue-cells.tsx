import { Button } from "@/components/ui/button";
import { FormFault, TextField } from "@/components/ui/form-fields";
import type { FormState } from "@/lib/core/form";
import type { IssuePage } from "@/lib/issues/schema";
import { CellLine } from "./cell-line";
import { RetestOffer } from "./retest-offer";
import { TakeOff } from "./take-off";
import { variantText } from "./words";

type Props = { eventSlug: string; issue: IssuePage; action: string; state: FormState };

/** The cells that show the issue, and those that are worth trying again. */
export function IssueCells({ eventSlug, issue, action, state }: Props) {
  const { cellLines, retests, may } = issue;
  if (cellLines.length === 0 && !may.edit) return null;
  return (
    <section className="block" aria-labelledby="cells">
      <h2 id="cells">
        Cells <span className="tab-count">{cellLines.length}</span>
      </h2>
      <RetestOffer eventSlug={eventSlug} retests={retests} />
      <ul className="issue-lines">
        {cellLines.map((cell) => (
          <li key={cell.id}>
            <CellLine eventSlug={eventSlug} cell={cell} />
            {may.edit && (
              <TakeOff
                action={`${action}/remove-cell`}
                field="cell"
                value={cell.id}
                what={[
                  cell.test,
                  variantText(cell.variant),
                  ...cell.parties.map(({ name }) => name),
                ]
                  .filter(Boolean)
                  .join(", ")}
              />
            )}
          </li>
        ))}
      </ul>
      {may.edit && (
        <form method="post" action={`${action}/cell`} className="form-inline issue-add" id="cell">
          <FormFault state={state} />
          <TextField
            state={state}
            name="cell"
            label="Add a cell: the address of its page"
            required
            maxLength={500}
          />
          <Button type="submit">Add the cell</Button>
        </form>
      )}
    </section>
  );
}

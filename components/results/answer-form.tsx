import { Button } from "@/components/ui/button";
import { FormFault } from "@/components/ui/form-fields";
import type { FormState } from "@/lib/core/form";
import type { AwaitingLine } from "@/lib/results/schema";

type Props = {
  eventSlug: string;
  /** Where the form stands. */
  page: string;
  lines: readonly AwaitingLine[];
  state: FormState;
  /** What the button agrees to. */
  label: string;
};

const actionOf = (form: "agree" | "deny", { eventSlug, page }: Pick<Props, "eventSlug" | "page">) =>
  `/events/${eventSlug}/results/${form}?${new URLSearchParams({ page })}`;

/** Agrees to one result, or to all that are shown. */
export function AgreeForm({ lines, label, state, ...where }: Props) {
  const [first] = lines;
  return (
    <form method="post" action={actionOf("agree", where)}>
      <FormFault state={state} />
      {lines.map(({ seq }) => (
        <input key={seq} type="hidden" name="result.seqs" value={seq} />
      ))}
      {lines.length === 1 && <input type="hidden" name="which" value={first?.seq} />}
      <input type="hidden" name="result.as" value={first?.own.slug ?? ""} />
      <Button type="submit" className="button-primary">
        {label}
      </Button>
    </form>
  );
}

/** Says that the entry took no part in it. */
export function DenyForm({
  line,
  state,
  id,
  ...where
}: Omit<Props, "lines" | "label"> & { line: AwaitingLine; id: string }) {
  return (
    <form method="post" action={actionOf("deny", where)}>
      <FormFault state={state} />
      <input type="hidden" name="which" value={line.seq} />
      <input type="hidden" name="result.id" value={id} />
      <input type="hidden" name="result.seq" value={line.seq} />
      <input type="hidden" name="result.as" value={line.own.slug} />
      <Button type="submit">Not us</Button>
    </form>
  );
}

import { Button } from "@/components/ui/button";

type Props = { action: string; field: string; value: string; what: string };

/** The button that takes one thing off an issue; its name says which. */
export function TakeOff({ action, field, value, what }: Props) {
  return (
    <form method="post" action={action} className="no-print">
      <input type="hidden" name={field} value={value} />
      <Button type="submit" className="button-small" aria-label={`Take off: ${what}`}>
        Take off
      </Button>
    </form>
  );
}

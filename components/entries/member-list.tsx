import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import type { EntryPage } from "@/lib/entries/schema";

type Props = {
  members: NonNullable<EntryPage["members"]>;
  /** Where to send the form that removes one; null for who may not. */
  removeAt: string | null;
};

/** The people of an entry. */
export function MemberList({ members, removeAt }: Props) {
  return (
    <ul className="cards">
      {members.map(({ id, name, isMe }) => (
        <li key={id} className="card-head">
          <span>{name}</span>
          {isMe && <Badge>you</Badge>}
          {removeAt !== null && !isMe && (
            <form method="post" action={removeAt}>
              <input type="hidden" name="personId" value={id} />
              <Button type="submit" aria-label={`Remove ${name}`}>
                Remove
              </Button>
            </form>
          )}
        </li>
      ))}
    </ul>
  );
}

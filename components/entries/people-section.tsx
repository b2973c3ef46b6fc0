import { InvitationList } from "@/components/invitations/invitation-list";
import { InviteForm } from "@/components/invitations/invite-form";
import { NewLink } from "@/components/invitations/new-link";
import { Button } from "@/components/ui/button";
import { FormFault, TextField } from "@/components/ui/form-fields";
import type { FormState } from "@/lib/core/form";
import type { EntryPage } from "@/lib/entries/schema";
import type { InvitationLine } from "@/lib/invitations/schema";
import { Part } from "./edit-sections";
import { MemberList } from "./member-list";

type Props = {
  entry: EntryPage;
  action: string;
  stateOf: (form: string) => FormState;
  /** A link that was just made. */
  link: string | null;
  /** Null for who may not invite. */
  invitations: readonly InvitationLine[] | null;
};

/** Who the entry's people are, how others come in, and the ways out. */
export function PeopleSection({ entry, action, stateOf, link, invitations }: Props) {
  const { members, may, event } = entry;
  return (
    <>
      <Part id="people" title="People">
        {members && (
          <MemberList members={members} removeAt={may.edit ? `${action}/remove-member` : null} />
        )}
        {link && <NewLink link={link} />}
        {invitations && (
          <InviteForm
            action={action}
            state={stateOf("invite")}
            options={[{ value: `member/${entry.slug}`, label: `Member of ${entry.name}` }]}
          />
        )}
        {invitations && invitations.length > 0 && (
          <InvitationList action={action} zone={event.zone} lines={invitations} />
        )}
      </Part>
      {(may.leave || may.withdraw) && <WaysOut may={may} action={action} stateOf={stateOf} />}
    </>
  );
}

function WaysOut({
  may,
  action,
  stateOf,
}: Pick<Props, "action" | "stateOf"> & Pick<EntryPage, "may">) {
  return (
    <Part id="out" title="Ways out">
      {may.leave && (
        <form method="post" action={`${action}/leave`} className="form" id="leave">
          <FormFault state={stateOf("leave")} />
          <p className="form-hint">
            You are no member any more; what you reported stays. An invitation brings you back.
          </p>
          <div>
            <Button type="submit">Leave this entry</Button>
          </div>
        </form>
      )}
      {may.withdraw && (
        <form method="post" action={`${action}/withdraw`} className="form" id="withdraw">
          <FormFault state={stateOf("withdraw")} />
          <TextField
            state={stateOf("withdraw")}
            name="reason"
            label="Take the entry out of the event"
            maxLength={400}
            placeholder="Why, for its people and the organizers"
            hint="Possible as long as no result names it."
          />
          <div>
            <Button type="submit">Withdraw the entry</Button>
          </div>
        </form>
      )}
    </Part>
  );
}

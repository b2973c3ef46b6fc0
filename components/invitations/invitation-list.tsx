import { Button } from "@/components/ui/button";
import { Moment } from "@/components/ui/moment";
import { WHAT_IT_GIVES } from "@/lib/invitations/rules";
import type { InvitationLine, InvitationState } from "@/lib/invitations/schema";

const STATE_WORDS = {
  open: "open",
  accepted: "accepted",
  revoked: "taken back",
  expired: "expired",
} as const satisfies Record<InvitationState, string>;

type Props = {
  action: string;
  zone: string;
  lines: readonly InvitationLine[];
};

/** Links that were made: for whom, until when, and what became of them. */
export function InvitationList({ action, zone, lines }: Props) {
  return (
    <table className="list" data-dense="true">
      <caption className="sr-only">Invitations</caption>
      <thead>
        <tr>
          <th scope="col">Gives</th>
          <th scope="col">For</th>
          <th scope="col">Made</th>
          <th scope="col">State</th>
          <th scope="col">
            <span className="sr-only">Take back</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <tr key={line.id}>
            <th scope="row">{WHAT_IT_GIVES[line.role](line.in?.name ?? "")}</th>
            <td data-label="For">{line.note}</td>
            <td data-label="Made">
              <span>
                <Moment at={line.createdAt} zone={zone} />
                {line.createdBy && ` by ${line.createdBy}`}
              </span>
            </td>
            <td data-label="State">
              <StateOf line={line} zone={zone} />
            </td>
            <td>
              {line.state === "open" && (
                <form method="post" action={`${action}/revoke`}>
                  <input type="hidden" name="invitationId" value={line.id} />
                  <Button
                    type="submit"
                    aria-label={`Take back the link for ${line.note || WHAT_IT_GIVES[line.role](line.in?.name ?? "")}`}
                  >
                    Take back
                  </Button>
                </form>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function StateOf({ line, zone }: { line: InvitationLine; zone: string }) {
  if (line.state === "open") {
    return (
      <span>
        open until <Moment at={line.expiresAt} zone={zone} />
      </span>
    );
  }
  return (
    <span>
      {STATE_WORDS[line.state]}
      {line.acceptedBy && ` by ${line.acceptedBy}`}
    </span>
  );
}

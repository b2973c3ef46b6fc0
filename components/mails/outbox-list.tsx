import { Moment } from "@/components/ui/moment";
import { ScrollRegion } from "@/components/ui/scroll-region";
import type { OutboxMail } from "@/lib/mails/schema";

type Props = { mails: readonly OutboxMail[]; zone: string };

/** Mails as they stand, for somebody to hand on. */
export function OutboxList({ mails, zone }: Props) {
  return (
    <ul className="grid gap-4">
      {mails.map((mail) => (
        <li
          key={mail.id}
          className="grid gap-2 rounded-box border border-line bg-surface px-4 py-3"
        >
          <h2 className="text-section">{mail.subject}</h2>
          <p className="text-small text-soft">
            To <strong>{mail.recipient}</strong>, <Moment at={mail.createdAt} zone={zone} />
            {mail.expiresAt && (
              <>
                ; of use until <Moment at={mail.expiresAt} zone={zone} />
              </>
            )}
          </p>
          {mail.failure && <p>The mail server did not take it: {mail.failure}</p>}
          {mail.text === null ? (
            <p>
              This person takes part in an event that you do not organize, so the text is not shown
              to you: whoever runs the server can give them a link.
            </p>
          ) : (
            <ScrollRegion label={`Mail to ${mail.recipient}`}>
              <pre className="whitespace-pre-wrap wrap-anywhere p-3 text-small">{mail.text}</pre>
            </ScrollRegion>
          )}
        </li>
      ))}
    </ul>
  );
}

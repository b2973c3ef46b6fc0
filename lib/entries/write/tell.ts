import type { Permit } from "@/lib/auth/permit";
import type { Action } from "@/lib/auth/policy";
import { env } from "@/lib/core/env";
import { logFailure } from "@/lib/core/log";
import { oneLine, quoted } from "@/lib/core/text";
import { database } from "@/lib/db/client";
import { postNotices } from "@/lib/mails/write";

/** What has become of an entry, for those who wait to hear of it. */
export type News = "requested" | "admitted" | "declined";

type Row = {
  label: string;
  name: string;
  note: string;
  reason: string;
  members: string[] | null;
  organizers: string[] | null;
};

const HEARD = `
SELECT e.label, n.name, n.note, n.state_reason AS reason,
  (SELECT array_agg(p.email) FROM entry_member m JOIN person p ON p.id = m.person_id WHERE m.entry_id = n.id AND p.email IS NOT NULL) AS members,
  (SELECT array_agg(p.email) FROM organizer o JOIN person p ON p.id = o.person_id WHERE o.event_id = e.id AND p.email IS NOT NULL) AS organizers
FROM entry n JOIN interop_event e ON e.id = n.event_id WHERE n.event_id = $1 AND n.slug = $2`;

/**
 * Writes to the organizers that an entry asks to be let in, or to its people what was decided, where a
 * mail server is set up; pages tell them anyway. It is stored by then: a mail that does not go out undoes
 * nothing, and is logged.
 */
export async function tellOfEntry(
  { scope }: Permit<Action>,
  entrySlug: string,
  news: News,
): Promise<void> {
  if (env().SMTP_URL === undefined) return;
  try {
    const { rows } = await database().pool.query<Row>(HEARD, [scope.eventId, entrySlug]);
    const [row] = rows;
    if (!row) return;
    const mail = mailOf({ ...scope, entrySlug }, row, news);
    const recipients = (news === "requested" ? row.organizers : row.members) ?? [];
    await postNotices(recipients.map((recipient) => ({ ...mail, recipient })));
  } catch (error) {
    logFailure("nobody was told of an entry by mail", error, { event: scope.eventSlug });
  }
}

const SUBJECTS = {
  requested: (name) => `${name} asks to take part`,
  admitted: (name) => `${name} is in`,
  declined: (name) => `${name} was not let in`,
} as const satisfies Record<News, (name: string) => string>;

type Where = { eventSlug: string; entrySlug: string };

function mailOf({ eventSlug, entrySlug }: Where, row: Row, news: News) {
  const event = `${env().APP_URL}/events/${eventSlug}`;
  const [label, name] = [oneLine(row.label), oneLine(row.name)];
  const bodies = {
    requested: [
      `${name} asks to take part in ${label}.`,
      ...said(row.note),
      "",
      "Let it in or decline it:",
      "",
      `  ${event}/entries`,
      "",
      `You get this as an organizer of ${label}.`,
    ],
    admitted: [
      `${name} takes part in ${label}. Look over its tracks, roles, builds and endpoints:`,
      "",
      `  ${event}/entries/${entrySlug}`,
      "",
      `You get this as a member of ${name}.`,
    ],
    declined: [
      `The organizers of ${label} have not let ${name} in.`,
      ...said(row.reason),
      "",
      "It can be asked for again, with what was missing:",
      "",
      `  ${event}/entries/${entrySlug}`,
      "",
      `You get this as a member of ${name}.`,
    ],
  } as const satisfies Record<News, readonly string[]>;
  return { subject: `${label}: ${SUBJECTS[news](name)}`, text: [...bodies[news], ""].join("\n") };
}

const said = (words: string) => (words.trim() === "" ? [] : ["", quoted(words)]);

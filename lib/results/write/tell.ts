import type { Permit } from "@/lib/auth/permit";
import type { Action } from "@/lib/auth/policy";
import { env } from "@/lib/core/env";
import { logFailure } from "@/lib/core/log";
import { oneLine, quoted } from "@/lib/core/text";
import { database } from "@/lib/db/client";
import { postNotices } from "@/lib/mails/write";
import { OUTCOME_SIGNS } from "@/lib/outcomes/rules";
import type { Outcome } from "../schema";

/** What was said, for the other sides to hear of. */
export type Said = {
  seqs: readonly string[];
  speakerId: string;
  kind: "logged" | "disputed" | "denied";
};

type Row = {
  seq: string;
  label: string;
  track: string;
  restricted: boolean;
  cell_id: string;
  key: string;
  title: string;
  outcome: Outcome;
  message: string | null;
  speaker: string;
  by: string | null;
  parties: { role: string; name: string; build: string | null }[];
  emails: string[] | null;
};

/** With the addresses of the other participants' people; who is of both sides knows already. */
const HEARD = `
SELECT r.seq::text AS seq, e.label, t.slug AS track, t.restricted, r.cell_id, tc.key, tc.title, r.outcome, r.message,
  n.name AS speaker, p.name AS by,
  (SELECT json_agg(json_build_object('role', x->>'role', 'name', xn.name, 'build', b.label) ORDER BY x->>'role', xn.name)
   FROM jsonb_array_elements(r.parties) x JOIN entry xn ON xn.id = (x->>'entry')::uuid LEFT JOIN build b ON b.id = (x->>'build')::uuid) AS parties,
  (SELECT array_agg(DISTINCT q.email) FROM jsonb_array_elements(r.parties) x
   JOIN entry xn ON xn.id = (x->>'entry')::uuid AND xn.kind = 'participant' AND xn.id <> $2::uuid
   JOIN entry_member m ON m.entry_id = xn.id JOIN person q ON q.id = m.person_id
   WHERE q.email IS NOT NULL AND NOT EXISTS (SELECT FROM entry_member o WHERE o.entry_id = $2::uuid AND o.person_id = q.id)) AS emails
FROM result r JOIN track t ON t.id = r.track_id JOIN interop_event e ON e.id = t.event_id
JOIN cell c ON c.id = r.cell_id JOIN test_case tc ON tc.id = c.test_case_id
JOIN entry n ON n.id = $2::uuid LEFT JOIN person p ON p.id = r.person_id
WHERE r.seq = ANY($1::bigint[])`;

/**
 * Writes to the people of the other sides, where a mail server is set up; pages tell them anyway.
 * What was said is stored by then: a mail that does not go out undoes nothing, and is logged.
 */
export async function tellOthers({ scope }: Permit<Action>, { seqs, speakerId, kind }: Said) {
  if (env().SMTP_URL === undefined || seqs.length === 0) return;
  try {
    const { rows } = await database().pool.query<Row>(HEARD, [seqs, speakerId]);
    const notices = rows.map((row) => {
      const mail = mailOf(scope.eventSlug, row, kind);
      return (row.emails ?? []).map((recipient) => ({ recipient, ...mail }));
    });
    await postNotices(notices.flat());
  } catch (error) {
    logFailure("the other side was not told by mail", error, { event: scope.eventSlug });
  }
}

const SUBJECTS = {
  logged: "A result waits for your word",
  disputed: "The other side saw something else",
  denied: "The other side says it was not them",
} as const satisfies Record<Said["kind"], string>;

/** Of a restricted track nothing but that there is something, for mail is read on many a machine. */
export function mailOf(eventSlug: string, row: Row, kind: Said["kind"]) {
  const event = `${env().APP_URL}/events/${eventSlug}`;
  const link =
    kind === "logged"
      ? `${event}/awaiting?result=${row.seq}`
      : `${event}/tracks/${row.track}/cells/${row.cell_id}`;
  const details = row.restricted
    ? ["It is in a restricted track; sign in to read it:"]
    : [
        ...saying(row, kind),
        "",
        kind === "logged" ? "Confirm it, or say what you saw:" : "Have a look:",
      ];
  const text = [
    ...details,
    "",
    `  ${link}`,
    "",
    `You get this as a member of an entry of ${oneLine(row.label)}.`,
    "",
  ];
  return { subject: `${oneLine(row.label)}: ${SUBJECTS[kind]}`, text: text.join("\n") };
}

function saying(row: Row, kind: Said["kind"]): string[] {
  const who = oneLine(row.by ? `${row.speaker} (${row.by})` : row.speaker);
  const verdict = kind === "denied" ? "Not us" : OUTCOME_SIGNS[row.outcome].label;
  const parties = row.parties.map(({ role, name, build }) =>
    oneLine(`${role} ${name}${build ? ` ${build}` : ""}`),
  );
  return [
    `${who} says: ${verdict}`,
    oneLine(`${row.key} ${row.title}`),
    parties.join(", "),
    ...(row.message ? ["", quoted(row.message)] : []),
  ];
}

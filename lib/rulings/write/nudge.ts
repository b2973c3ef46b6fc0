import type pg from "pg";
import type { Permit } from "@/lib/auth/permit";
import { silentIn } from "@/lib/cells/rules";
import { sidesOfCell } from "@/lib/cells/write/fold";
import { unpackVoices } from "@/lib/cells/write/memory";
import { env } from "@/lib/core/env";
import { Refusal } from "@/lib/core/refusal";
import { oneLine } from "@/lib/core/text";
import { tellOfTrack } from "@/lib/db/tell";
import { transaction } from "@/lib/db/transaction";
import { postNotices } from "@/lib/mails/write";
import { refusalToNudge } from "../rules";
import { type HeldCell, holdCell } from "./hold";

type Where = { cellId: string; entrySlug: string };

/**
 * Asks an entry that has not spoken of a cell to say what it saw: its members get a mail each, at most
 * one in six hours for one cell. The mails go out when the nudge is stored.
 */
export async function nudgeEntry(
  permit: Permit<"cell.nudge">,
  { cellId, entrySlug }: Where,
  now = new Date(),
): Promise<void> {
  const mails = await transaction(async (tx) => {
    const held = await holdCell(tx, permit, cellId);
    const entry = held.directory.entries.get(entrySlug);
    if (!entry) throw new Refusal("not_found", `No entry '${entrySlug}' in this event.`);
    const { name, nudgedAt } = await findNudged(tx, cellId, entry.id);
    const refusal = refusalToNudge({ isSilent: isSilent(held, entry.id), name, nudgedAt }, now);
    if (refusal) throw refusal;
    const { trackId, personId } = held;
    await tx.query(
      `INSERT INTO nudge (id, track_id, cell_id, entry_id, person_id, created_at)
       VALUES (gen_random_uuid(), $1, $2, $3, $4, $5)`,
      [trackId, cellId, entry.id, personId, now],
    );
    await tellOfTrack(tx, permit, {
      subject: cellId,
      trackId,
      kind: "nudge",
      detail: { entry: entrySlug },
    });
    return writeMails(tx, permit, { cellId, entryId: entry.id });
  });
  // What a mail server does not take stays in the outbox, with its reason, for somebody to hand on.
  await postNotices(mails);
}

function isSilent({ cell, directory }: HeldCell, entryId: string): boolean {
  if (cell.state !== "reported" || !cell.voices) return false;
  return silentIn(unpackVoices(cell.voices), sidesOfCell(directory, cell)).includes(entryId);
}

async function findNudged(tx: pg.PoolClient, cellId: string, entryId: string) {
  const { rows } = await tx.query<{ name: string; nudgedAt: Date | null }>(
    `SELECT n.name, (SELECT max(created_at) FROM nudge g WHERE g.cell_id = $1 AND g.entry_id = n.id) AS "nudgedAt"
     FROM entry n WHERE n.id = $2`,
    [cellId, entryId],
  );
  return rows[0] ?? { name: "", nudgedAt: null };
}

type MailRow = {
  email: string;
  entry: string;
  test: string;
  title: string;
  track: string;
  event: string;
  others: string;
  restricted: boolean;
};

const MAILS = `
SELECT p.email, n.name AS entry, tc.key AS test, tc.title, t.slug AS track, t.restricted, e.label AS event,
  (SELECT string_agg(DISTINCT o.name, ', ') FROM jsonb_array_elements(c.parties) x JOIN entry o ON o.id = (x->>'entry')::uuid WHERE o.id <> n.id) AS others
FROM cell c JOIN track t ON t.id = c.track_id JOIN interop_event e ON e.id = c.event_id JOIN test_case tc ON tc.id = c.test_case_id
JOIN entry n ON n.id = $2 JOIN entry_member m ON m.entry_id = n.id JOIN person p ON p.id = m.person_id
WHERE c.id = $1 AND p.email IS NOT NULL ORDER BY p.email`;

async function writeMails(
  tx: pg.PoolClient,
  { scope }: Permit<"cell.nudge">,
  { cellId, entryId }: { cellId: string; entryId: string },
) {
  const { rows } = await tx.query<MailRow>(MAILS, [cellId, entryId]);
  return rows.map(({ email, ...row }) => ({ recipient: email, ...mailOf(scope, cellId, row) }));
}

/** Of a restricted track nothing but that there is something, for mail is read on many a machine. */
function mailOf(
  { eventSlug }: { eventSlug: string },
  cellId: string,
  row: Omit<MailRow, "email">,
): { subject: string; text: string } {
  const { entry, test, title, event, others } = oneLined(row);
  const waits = row.restricted ? "A lead asks for" : `${test} with ${others} waits for`;
  const told = row.restricted
    ? "It is about a result in a restricted track; sign in to read it:"
    : `${others} reported how ${test} (${title}) went with ${entry} at ${event}.\nWhat did your side see? Confirm or contradict it here:`;
  const text = [
    told,
    "",
    `${env().APP_URL}/events/${eventSlug}/tracks/${row.track}/cells/${cellId}`,
    "",
    `The lead of the track asks. You get this as a member of ${entry}.`,
    "",
  ];
  return { subject: `${event}: ${waits} ${entry}'s word`, text: text.join("\n") };
}

const oneLined = ({ entry, test, title, event, others }: Omit<MailRow, "email">) => ({
  entry: oneLine(entry),
  test: oneLine(test),
  title: oneLine(title),
  event: oneLine(event),
  others: oneLine(others),
});

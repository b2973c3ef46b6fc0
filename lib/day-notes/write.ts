import type pg from "pg";
import type { Permit } from "@/lib/auth/permit";
import { lockEvent, refuseOutOfPhase } from "@/lib/cells/write/lock";
import { Refusal } from "@/lib/core/refusal";
import { auditOf } from "@/lib/db/audit";
import { transaction } from "@/lib/db/transaction";
import { CHANNEL } from "@/lib/live/channel";
import type { NoteInput } from "./schema";

type Deed = "save" | "post" | "takeBack";
type NotePermit = Permit<"dayNote.write">;

/** Keeps a note; what was posted stays posted, with the words of now. */
export const saveNote = (permit: NotePermit, note: NoteInput) => keepNote(permit, note, "save");

/** Keeps a note and shows it on the event's page. */
export const postNote = (permit: NotePermit, note: NoteInput) => keepNote(permit, note, "post");

/** Keeps a note and takes it off the event's page. */
export const takeBackNote = (permit: NotePermit, note: NoteInput) =>
  keepNote(permit, note, "takeBack");

function keepNote(permit: NotePermit, note: NoteInput, deed: Deed): Promise<void> {
  const { actor, scope } = permit;
  if (actor.kind !== "person") throw new Refusal("forbidden", "Only a person writes notes.");
  if (deed === "post" && note.body === "") {
    const message = "Write something before you post it.";
    throw new Refusal("invalid", message, [{ pointer: "/note/body", code: "empty", message }]);
  }
  return transaction(async (tx) => {
    const event = await lockEvent(tx, scope.eventId, false);
    refuseOutOfPhase(permit, event.phase);
    const trackId = scope.trackId ?? "";
    await ensureNote(tx, { eventId: scope.eventId, trackId, personId: actor.personId }, note);
    await tx.query(
      `UPDATE day_note SET body = $3, person_id = $4, updated_at = now(),
         posted_at = CASE $5 WHEN 'post' THEN coalesce(posted_at, now()) WHEN 'takeBack' THEN NULL ELSE posted_at END
       WHERE track_id = $1 AND day = $2::date`,
      [trackId, note.day, note.body, actor.personId, deed],
    );
    await tell(tx, permit, { day: note.day, did: deed });
  });
}

/** The row, held: another writer's words are not overwritten unread. */
async function ensureNote(
  tx: pg.PoolClient,
  { eventId, trackId, personId }: { eventId: string; trackId: string; personId: string },
  { day, seen }: NoteInput,
) {
  const fresh = await tx.query(
    `INSERT INTO day_note (id, event_id, track_id, day, body, person_id)
     VALUES (gen_random_uuid(), $1, $2, $3::date, '', $4) ON CONFLICT (track_id, day) DO NOTHING`,
    [eventId, trackId, day, personId],
  );
  const { rows } = await tx.query<{ updated_at: Date }>(
    "SELECT updated_at FROM day_note WHERE track_id = $1 AND day = $2::date FOR UPDATE",
    [trackId, day],
  );
  const now = fresh.rowCount === 1 ? "" : rows[0]?.updated_at.toISOString();
  if (now !== seen) {
    throw new Refusal(
      "conflict",
      "Somebody has written this note since you opened it. Open its page in another window and take over what you need.",
    );
  }
}

const TELL = `
WITH audited AS (
  INSERT INTO audit (event_id, action, person_id, agent_id, subject, detail) VALUES ($1, $2, $3, $4, $5, $6)
), logged AS (
  INSERT INTO event_log (event_id, track_id, kind, subject, detail) VALUES ($1, $7, 'dayNote', $5, $6)
)
SELECT pg_notify('${CHANNEL}', $7::text)`;

async function tell(tx: pg.PoolClient, permit: NotePermit, detail: { day: string; did: Deed }) {
  const audit = auditOf(permit, { subject: detail.day, detail });
  await tx.query(TELL, [
    audit.eventId,
    audit.action,
    audit.personId,
    audit.agentId,
    audit.subject,
    audit.detail,
    permit.scope.trackId,
  ]);
}

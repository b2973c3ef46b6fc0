import type pg from "pg";
import type { Permit } from "@/lib/auth/permit";
import { lockEvent, refuseOutOfPhase } from "@/lib/cells/write/lock";
import { Refusal } from "@/lib/core/refusal";
import { tellOfTrack } from "@/lib/db/tell";
import { transaction } from "@/lib/db/transaction";
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
    const detail = { day: note.day, did: deed };
    await tellOfTrack(tx, permit, { trackId, kind: "dayNote", subject: note.day, detail });
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

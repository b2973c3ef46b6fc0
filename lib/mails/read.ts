import type { SitePermit } from "@/lib/auth/permit";
import { Refusal } from "@/lib/core/refusal";
import { database } from "@/lib/db/client";
import type { OutboxMail } from "./schema";

// Whoever reads a sign-in link can be the person it is for. An organizer answers for the people of
// their own events, and for newcomers; for nobody who is somebody at an event of others.
const OUTBOX = `
SELECT m.id, m.recipient, m.subject, m.failure, m.created_at, m.expires_at,
  CASE WHEN NOT EXISTS (
    SELECT 1 FROM person p JOIN (
      SELECT person_id, event_id FROM organizer
      UNION ALL SELECT l.person_id, t.event_id FROM track_lead l JOIN track t ON t.id = l.track_id
      UNION ALL SELECT m.person_id, n.event_id FROM entry_member m JOIN entry n ON n.id = m.entry_id
    ) role ON role.person_id = p.id
    WHERE p.email = m.recipient AND role.event_id <> ALL($1::uuid[])
  ) THEN m.text END AS text
FROM mail m WHERE m.expires_at IS NULL OR m.expires_at > now()
ORDER BY m.created_at DESC, m.id DESC LIMIT 200`;

type Row = Pick<OutboxMail, "id" | "recipient" | "subject" | "text" | "failure"> & {
  created_at: Date;
  expires_at: Date | null;
};

/** What was not sent, newest first. For organizers; for others there is no such page. */
export async function listOutbox({ actor }: SitePermit<"outbox.view">): Promise<OutboxMail[]> {
  if (actor.kind !== "person" || actor.organizerOf.size === 0) {
    throw new Refusal("not_found", "There is no such page.");
  }
  const { rows } = await database().pool.query<Row>({
    name: "outbox",
    text: OUTBOX,
    values: [[...actor.organizerOf]],
  });
  return rows.map(({ created_at, expires_at, ...mail }) => ({
    ...mail,
    createdAt: created_at.toISOString(),
    expiresAt: expires_at?.toISOString() ?? null,
  }));
}

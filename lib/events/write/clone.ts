import type { Permit } from "@/lib/auth/permit";
import { Refusal } from "@/lib/core/refusal";
import { auditOf } from "@/lib/db/audit";
import { transaction } from "@/lib/db/transaction";
import type { EditionInput } from "../schema";
import { cloneViews } from "./clone-views";

const EVENT = `
INSERT INTO interop_event (id, series_id, slug, label, visibility, zone, entry_policy, unmapped_names, cloned_from_id)
SELECT gen_random_uuid(), series_id, $2, $3, visibility, zone, entry_policy, unmapped_names, id FROM interop_event WHERE id = $1
ON CONFLICT (slug) DO NOTHING RETURNING id`;

const TRACKS = `
INSERT INTO track (id, event_id, slug, title, intro, position, restricted, profile, notes, stalled_hours)
SELECT gen_random_uuid(), $2, slug, title, intro, position, restricted, profile, notes, stalled_hours FROM track WHERE event_id = $1`;

const PAIRED = `
track o JOIN track n ON n.slug = o.slug AND n.event_id = $2 AND o.event_id = $1`;

const ROLES = `
INSERT INTO track_role (id, track_id, key, label, position)
SELECT gen_random_uuid(), n.id, r.key, r.label, r.position FROM ${PAIRED} JOIN track_role r ON r.track_id = o.id`;

/** The same test as before, by its lineage; its versions begin anew. */
const TESTS = `
INSERT INTO test_case (id, track_id, key, number, title, kind, directional, level, roles, variants, aliases, body, measured, lineage, position)
SELECT gen_random_uuid(), n.id, c.key, c.number, c.title, c.kind, c.directional, c.level, c.roles, c.variants, c.aliases, c.body, c.measured,
  c.lineage, c.position
FROM ${PAIRED} JOIN test_case c ON c.track_id = o.id AND c.retired_at IS NULL`;

const ORGANIZER = "INSERT INTO organizer (event_id, person_id) VALUES ($1, $2)";
const AUDIT =
  "INSERT INTO audit (event_id, action, person_id, agent_id, subject, detail) VALUES ($1, $2, $3, $4, $5, $6)";

/**
 * Makes the next edition: a draft with the tracks, roles, tests and shared views of this one, and whoever
 * made it as its organizer. No entries, results, dates, leads or words are taken over. `conflict` for a
 * slug that is in use.
 */
export const cloneEvent = (
  permit: Permit<"event.clone">,
  { slug, label }: EditionInput,
): Promise<{ slug: string }> =>
  transaction(async (tx) => {
    const from = permit.scope.eventId;
    const { rows } = await tx.query<{ id: string }>(EVENT, [from, slug, label]);
    const to = rows[0]?.id;
    if (to === undefined) {
      const message = `There is an event '${slug}' already. Choose another short name.`;
      const fault = { pointer: "/edition/slug", code: "slug_taken", message };
      throw new Refusal("conflict", message, [fault]);
    }
    for (const text of [TRACKS, ROLES, TESTS]) await tx.query(text, [from, to]);
    await cloneViews(tx, from, to);
    const audit = auditOf(permit, { subject: to, detail: { slug, from: permit.scope.eventSlug } });
    if (audit.personId !== null) await tx.query(ORGANIZER, [to, audit.personId]);
    for (const eventId of [from, to]) {
      await tx.query(AUDIT, [
        eventId,
        audit.action,
        audit.personId,
        audit.agentId,
        audit.subject,
        audit.detail,
      ]);
    }
    return { slug };
  });

import { Refusal } from "@/lib/core/refusal";
import { database } from "@/lib/db/client";
import { isEventOpen } from "@/lib/events/rules";
import type { Phase, Visibility } from "@/lib/events/schema";
import type { Scope } from "./permit";

type Row = {
  id: string;
  slug: string;
  phase: Phase;
  visibility: Visibility;
  track_id: string | null;
};

const SCOPE = `
SELECT e.id, e.slug, e.phase, e.visibility, t.id AS track_id
FROM interop_event e LEFT JOIN track t ON t.event_id = e.id AND t.slug = $2
WHERE e.slug = $1`;

/** The event, and the track in it, that a request is about. */
export async function loadScope(eventSlug: string, trackSlug: string | undefined): Promise<Scope> {
  const { rows } = await database().pool.query<Row>({
    name: "scope",
    text: SCOPE,
    values: [eventSlug, trackSlug ?? null],
  });
  const [row] = rows;
  if (!row) throw new Refusal("not_found", "There is no such event.");
  if (trackSlug !== undefined && row.track_id === null) {
    throw new Refusal("not_found", `No track '${trackSlug}' in this event.`);
  }
  return {
    eventId: row.id,
    eventSlug: row.slug,
    phase: row.phase,
    isOpen: isEventOpen(row),
    ...(row.track_id === null ? {} : { trackId: row.track_id }),
  };
}

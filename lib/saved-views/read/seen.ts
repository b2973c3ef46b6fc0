import { HAS_PART } from "@/lib/matrices/read/source";

// Both ask of the reader what `eyesOf` in lib/issues/read/seen.ts tells: parameters `$1` to `$5`.

/**
 * Whether the reader may know of views of track `t` of event `$1`: as its matrix decides it. One that is
 * restricted has views only for its leads, the organizers, and those who have a part or a cell in it.
 */
export const TRACK_SEEN = `(t.event_id = $1 AND (NOT t.restricted OR $2::bool OR t.id = ANY($3::uuid[])
  OR EXISTS (SELECT FROM unnest($4::uuid[]) AS o (id) WHERE ${HAS_PART})))`;

/** Whether view `v` is the reader's own or the event's. */
export const VIEW_SEEN = "(v.person_id IS NULL OR v.person_id = $5::uuid)";

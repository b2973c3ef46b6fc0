import type { Permit } from "@/lib/auth/permit";
import { personIdOf } from "@/lib/auth/permit";
import type { Action } from "@/lib/auth/policy";
import { ownEntryIds } from "@/lib/results/read/awaiting";
import type { Standing } from "../rules";

/** What `CELL_SEEN` asks of the reader: parameters `$1` to `$4`. */
export function cellEyesOf(permit: Permit<Action>) {
  const { actor, roles, scope } = permit;
  const leads = actor.kind === "person" ? [...actor.leadOf.keys()] : [];
  return [scope.eventId, roles.has("organizer"), leads, ownEntryIds(permit)];
}

/** What `ISSUE_SEEN` and `STANDING` ask of the reader: parameters `$1` to `$5`. */
export const eyesOf = (permit: Permit<Action>) => [...cellEyesOf(permit), personIdOf(permit)];

const IS_TARGET =
  "EXISTS (SELECT FROM entry n WHERE n.id = ANY($4::uuid[]) AND n.project_id = i.project_id)";

/**
 * Whether the reader may know of issue `i`, of track `t` or of none. One of a restricted track is seen by
 * its leads and the organizers, the parties of its cells, those whose project it is against, and
 * whoever raised it. To everybody else there is no such issue, in lists, counts and searches alike.
 */
export const ISSUE_SEEN = `(t.id IS NULL OR NOT t.restricted OR $2::bool OR t.id = ANY($3::uuid[])
  OR i.reporter_id = $5::uuid OR ${IS_TARGET}
  OR EXISTS (SELECT FROM issue_cell k JOIN cell kc ON kc.id = k.cell_id CROSS JOIN LATERAL jsonb_array_elements(kc.parties) kp
    WHERE k.issue_id = i.id AND (kp->>'entry')::uuid = ANY($4::uuid[])))`;

/** Whether the reader may see cell `c` of track `ct`: as its own page decides it. */
export const CELL_SEEN = `(NOT ct.restricted OR $2::bool OR ct.id = ANY($3::uuid[])
  OR EXISTS (SELECT FROM jsonb_array_elements(c.parties) cp WHERE (cp->>'entry')::uuid = ANY($4::uuid[])))`;

/** What the reader is to issue `i`, of track `t`. */
export const STANDING = `json_build_object('isReporter', coalesce(i.reporter_id = $5::uuid, false), 'isTarget', ${IS_TARGET},
  'isLead', coalesce(t.id = ANY($3::uuid[]), false), 'isOrganizer', $2::bool) AS standing`;

export type StandingRow = { standing: Standing };

/** What is said of issue `i`, in a word to compare. */
export const SAID =
  "md5((i.title, i.body, i.kind, i.severity, i.cause, i.track_id, i.project_id, i.target_name)::text) AS said";

/** A moment as RFC 3339 writes it. */
export const momentOf = (column: string) =>
  `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

import { hash } from "node:crypto";
import type { Permit } from "@/lib/auth/permit";
import { personIdOf } from "@/lib/auth/permit";
import type { Action } from "@/lib/auth/policy";
import { shownZone } from "@/lib/auth/zone";
import { database } from "@/lib/db/client";
import type { Awaiting, AwaitingLine, Outcome } from "../schema";

/** The entries of this event whose word the reader may give, by id. */
export function ownEntryIds({ actor, scope }: Permit<Action>): string[] {
  if (actor.kind !== "person") return [];
  return [...actor.memberOf].filter(([, eventId]) => eventId === scope.eventId).map(([id]) => id);
}

const STANDS = (result: string) =>
  `NOT ${result}.void AND NOT EXISTS (SELECT FROM result s WHERE s.reporter_id = ${result}.reporter_id AND s.origin = ${result}.origin AND s.supersedes = ${result}.id)`;
const DECIDES = (result: string) =>
  `${result}.outcome IN ('pass', 'degraded', 'fail', 'timeout', 'unsupported')`;
const BUILDS = (result: string) =>
  `(SELECT string_agg((p->>'entry') || '@' || coalesce(p->>'build', ''), ' ' ORDER BY p->>'entry', p->>'build') FROM jsonb_array_elements(${result}.parties) p)`;

/** Whether an entry is among a cell's parties; beyond two they stand on no axis. */
const TAKES_PART = `(c.row_number = n.number OR c.column_number = n.number
  OR (jsonb_array_length(c.parties) > 2 AND c.parties @> jsonb_build_array(jsonb_build_object('entry', n.id::text))))`;

/**
 * The latest word of others on each cell in which the entry `n` is a side that has not answered: not
 * by name, not by a result of its own on the same builds or exchange, and not by a later one.
 * `$1` is the event, `$2` the reader, whose own word is not theirs to confirm.
 */
export const AWAITED = `
FROM cell c CROSS JOIN LATERAL (
  SELECT r.* FROM result r
  WHERE r.cell_id = c.id AND r.entry_id IS DISTINCT FROM n.id AND NOT r.denial AND ${DECIDES("r")} AND ${STANDS("r")}
  ORDER BY r.started_at DESC, r.attempt DESC, r.id DESC LIMIT 1) r
WHERE c.event_id = $1 AND c.state IN ('reported', 'disputed') AND c.sides < c.sides_of AND n.kind = 'participant' AND ${TAKES_PART}
  AND r.person_id IS DISTINCT FROM $2::uuid
  AND NOT EXISTS (
    SELECT FROM result o WHERE o.cell_id = c.id AND o.entry_id = n.id AND (o.denial OR ${DECIDES("o")}) AND ${STANDS("o")}
      AND (o.answers_seq = r.seq OR o.started_at > r.started_at OR (NOT o.denial AND CASE
        WHEN o.exchange IS NOT NULL AND r.exchange IS NOT NULL THEN o.exchange = r.exchange
        ELSE ${BUILDS("o")} = ${BUILDS("r")} END)))
  AND EXISTS (SELECT FROM test_case k WHERE k.id = c.test_case_id AND k.retired_at IS NULL)`;

const LINES = `
SELECT r.seq::text AS seq, json_build_object('slug', n.slug, 'name', n.name) AS own,
  json_build_object('slug', t.slug, 'title', t.title, 'restricted', t.restricted) AS track, c.id AS "cellId",
  json_build_object('key', tc.key, 'title', tc.title) AS test, c.variant,
  (SELECT json_agg(json_build_object('role', p->>'role', 'entry', e.slug, 'name', e.name, 'build', b.label) ORDER BY tr.position, e.name)
   FROM jsonb_array_elements(r.parties) p JOIN entry e ON e.id = (p->>'entry')::uuid
   LEFT JOIN build b ON b.id = (p->>'build')::uuid LEFT JOIN track_role tr ON tr.track_id = c.track_id AND tr.key = p->>'role') AS parties,
  r.outcome, CASE WHEN ne.id IS NOT NULL THEN json_build_object('slug', ne.slug, 'name', ne.name) END AS reporter,
  r.origin, coalesce(a.name, pe.name) AS by, r.started_at, r.message, count(*) OVER ()::int AS total
FROM entry n CROSS JOIN LATERAL (SELECT c.id, c.track_id, c.test_case_id, c.variant, r.seq AS told ${AWAITED}) c
JOIN result r ON r.seq = c.told JOIN track t ON t.id = c.track_id JOIN test_case tc ON tc.id = c.test_case_id
LEFT JOIN entry ne ON ne.id = r.entry_id LEFT JOIN agent a ON a.id = r.agent_id LEFT JOIN person pe ON pe.id = r.person_id
WHERE n.id = ANY($3::uuid[]) AND ($4::uuid IS NULL OR c.id = $4)
ORDER BY ne.name NULLS LAST, r.started_at DESC, r.seq LIMIT 200`;

type Row = Omit<AwaitingLine, "startedAt"> & { outcome: Outcome; started_at: Date; total: number };

/**
 * What others say of the reader's entries and nobody of these has answered, in two queries; the
 * latest 200, in one cell or in all. A restricted track's cells are its parties' to see, so there is
 * nothing to leave out.
 */
export async function listAwaiting(
  permit: Permit<"result.await">,
  cellId?: string,
): Promise<Awaiting> {
  const { pool } = database();
  const { eventId } = permit.scope;
  const personId = personIdOf(permit);
  const [events, lines] = await Promise.all([
    pool.query<{ zone: string }>("SELECT zone FROM interop_event WHERE id = $1", [eventId]),
    pool.query<Row>({
      name: "awaiting",
      text: LINES,
      values: [eventId, personId, ownEntryIds(permit), cellId ?? null],
    }),
  ]);
  return {
    zone: shownZone(permit, events.rows[0]?.zone ?? "UTC"),
    total: lines.rows[0]?.total ?? 0,
    stamp: hash("sha256", lines.rows.map(({ seq, own }) => `${own.slug} ${seq}`).join(",")),
    lines: lines.rows.map(({ started_at, total: _, ...line }) => ({
      ...line,
      startedAt: started_at.toISOString(),
    })),
  };
}

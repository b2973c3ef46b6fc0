import type { Permit } from "@/lib/auth/permit";
import { isInsider, visibleEntries } from "@/lib/auth/visibility";
import { Refusal } from "@/lib/core/refusal";
import { database } from "@/lib/db/client";
import { draftNote } from "./rules";
import type { DayFacts, NoteDay, NotePage, PostedNote } from "./schema";

const MOMENT = `'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'`;

const NOTE = `
SELECT e.zone, (SELECT json_build_object('body', d.body, 'by', coalesce(p.name, 'a lead'),
    'updatedAt', to_char(d.updated_at AT TIME ZONE 'UTC', ${MOMENT}), 'postedAt', to_char(d.posted_at AT TIME ZONE 'UTC', ${MOMENT}))
  FROM day_note d JOIN person p ON p.id = d.person_id WHERE d.track_id = $2 AND d.day = $3::date) AS note
FROM interop_event e WHERE e.id = $1`;

/** The state of each cell at the end of the day, where the day has changed it. */
const CELLS = `
WITH bounds AS (
  SELECT ($3::date)::timestamp AT TIME ZONE e.zone AS since, ($3::date + 1)::timestamp AT TIME ZONE e.zone AS until FROM interop_event e WHERE e.id = $1
), told AS (
  SELECT l.subject, l.detail, l.at >= b.since AS is_today, l.xid, l.id FROM event_log l, bounds b
  WHERE l.track_id = $2 AND l.kind = 'cell' AND l.at < b.until
), before AS (
  SELECT DISTINCT ON (subject) subject, detail FROM told WHERE NOT is_today ORDER BY subject, xid DESC, id DESC
), latest AS (
  SELECT DISTINCT ON (subject) subject, detail, is_today FROM told ORDER BY subject, xid DESC, id DESC
)
SELECT l.detail->>'state' AS state, l.detail->>'outcome' AS outcome, k.key AS test, k.title, c.variant, l.is_today AND (b.subject IS NULL
    OR (b.detail->>'state', b.detail->>'outcome', b.detail->'tested') IS DISTINCT FROM (l.detail->>'state', l.detail->>'outcome', l.detail->'tested')) AS fresh,
  (SELECT g.cause FROM ruling g WHERE g.cell_id = c.id AND g.outcome IS NOT NULL ORDER BY g.created_at DESC LIMIT 1) AS cause,
  (SELECT array_agg(n.name ORDER BY x.at) FROM jsonb_array_elements(c.parties) WITH ORDINALITY AS x (party, at)
   JOIN entry n ON n.id = (x.party->>'entry')::uuid) AS names
FROM latest l LEFT JOIN before b ON b.subject = l.subject JOIN cell c ON c.id::text = l.subject JOIN test_case k ON k.id = c.test_case_id
WHERE k.retired_at IS NULL AND l.detail->>'state' IN ('confirmed', 'settled', 'disputed')
ORDER BY k.position, k.key, names`;

const FIXED = `
SELECT i.number, i.title, i.state, coalesce(p.name, i.target_name) AS project
FROM issue i JOIN interop_event e ON e.id = i.event_id LEFT JOIN project p ON p.id = i.project_id
WHERE i.track_id = $2 AND e.id = $1 AND i.state IN ('fixedLive', 'fixedAfter')
  AND (i.closed_at AT TIME ZONE e.zone)::date = $3::date
ORDER BY i.number`;

type CellRow = DayFacts["settled"][number] & {
  state: "confirmed" | "settled" | "disputed";
  fresh: boolean;
};

/** A day's note and what a draft would say now, in three queries. */
export async function loadNote({ scope }: Permit<"track.lead">, day: string): Promise<NotePage> {
  const { pool } = database();
  const values = [scope.eventId, scope.trackId, day];
  const [notes, cells, fixed] = await Promise.all([
    pool.query<Pick<NotePage, "zone" | "note">>(NOTE, values),
    pool.query<CellRow>(CELLS, values),
    pool.query<DayFacts["fixed"][number]>(FIXED, values),
  ]);
  const [row] = notes.rows;
  if (!row) throw new Refusal("not_found", "There is no such event.");
  const of = (wanted: CellRow["state"]) =>
    cells.rows
      .filter(({ state, fresh }) => state === wanted && fresh)
      .map(({ state: _, fresh: __, ...fact }) => fact);
  const draft = draftNote({
    confirmed: of("confirmed"),
    settled: of("settled"),
    disputed: cells.rows.filter(({ state }) => state === "disputed").length,
    fixed: fixed.rows,
  });
  return { day, ...row, draft };
}

const DAYS_SHOWN = 14;
const DAYS = `
SELECT to_char(coalesce(a.day, d.day), 'YYYY-MM-DD') AS day, d.day IS NOT NULL AS "isWritten", d.posted_at IS NOT NULL AS "isPosted"
FROM (SELECT (now() AT TIME ZONE e.zone)::date AS day FROM interop_event e WHERE e.id = $1
  UNION SELECT (l.at AT TIME ZONE e.zone)::date FROM event_log l JOIN interop_event e ON e.id = l.event_id
  WHERE l.track_id = $2 AND l.kind = 'cell') a
FULL JOIN (SELECT day, posted_at FROM day_note WHERE track_id = $2) d ON d.day = a.day
ORDER BY 1 DESC LIMIT ${DAYS_SHOWN}`;

/** The latest days that have or may want a note; today always. One query. */
export async function listDays({ scope }: Permit<"track.lead">): Promise<NoteDay[]> {
  const { rows } = await database().pool.query<NoteDay>(DAYS, [scope.eventId, scope.trackId]);
  return rows;
}

type PostedRow = Omit<PostedNote, "postedAt" | "track"> & {
  track_id: string;
  slug: string;
  title: string;
  restricted: boolean;
  posted_at: Date;
};

/** `$2`: the event is published and the reader none of its own: then everybody whom a note may name agreed. */
const POSTED = `
SELECT to_char(d.day, 'YYYY-MM-DD') AS day, t.id AS track_id, t.slug, t.title, t.restricted, d.body, coalesce(p.name, 'a lead') AS by, d.posted_at
FROM day_note d JOIN track t ON t.id = d.track_id JOIN person p ON p.id = d.person_id
WHERE d.event_id = $1 AND d.posted_at IS NOT NULL AND (NOT $2::bool OR NOT EXISTS (
  SELECT FROM entry_track et JOIN entry n ON n.id = et.entry_id
  WHERE et.track_id = t.id AND n.kind = 'participant' AND NOT (n.consent_named AND n.consent_passing AND n.consent_failing)))
ORDER BY d.day DESC, t.position LIMIT 60`;

/**
 * The posted notes of the event, newest first. One of a restricted track tells of everybody's results:
 * it is for those who see all of them. One query.
 */
export async function listPosted(permit: Permit<"dayNote.view">): Promise<PostedNote[]> {
  const needsConsent = permit.scope.phase === "published" && !isInsider(permit);
  const { rows } = await database().pool.query<PostedRow>(POSTED, [
    permit.scope.eventId,
    needsConsent,
  ]);
  return rows
    .filter(
      ({ track_id, restricted }) => visibleEntries(permit, { id: track_id, restricted }) === null,
    )
    .map(({ day, slug, title, body, by, posted_at }) => ({
      day,
      track: { slug, title },
      body,
      by,
      postedAt: posted_at.toISOString(),
    }));
}

import type pg from "pg";
import { STANDS } from "@/lib/cells/read";
import { sponsorSchema, statementSchema } from "@/lib/events/schema";
import { CELL_COLUMNS, type CellRow, cellOf } from "@/lib/matrices/read/source";
import type { Try } from "@/lib/regressions/rules";
import type { SummaryEntry, SummaryIssue, SummarySource, SummaryTrack } from "../rules";

/** The pool, or the connection of a transaction. */
export type Asked = Pick<pg.PoolClient, "query">;

type EventRow = Omit<SummarySource["event"], "startsAt" | "endsAt"> & {
  starts_at: Date | null;
  ends_at: Date | null;
  phase: string;
  sponsors: unknown[];
  statements: unknown[];
  organizers: string[];
};

const EVENT = `
SELECT e.slug, e.label, e.intro, e.place, e.zone, e.phase, e.starts_at, e.ends_at, e.sponsors, e.statements,
  ARRAY(SELECT p.name FROM organizer o JOIN person p ON p.id = o.person_id
    WHERE o.event_id = e.id AND p.name <> '' ORDER BY p.name) AS organizers
FROM interop_event e WHERE e.id = $1`;

type TrackRow = Omit<SummaryTrack, "cells" | "roles" | "tests"> & {
  id: string;
  roles: SummaryTrack["roles"] | null;
  tests: SummaryTrack["tests"] | null;
  unmapped: number;
};

/** An account names leads by their names, and nobody by an e-mail address. */
const TRACKS = `
SELECT t.id, t.slug, t.title, t.restricted,
  ARRAY(SELECT p.name FROM track_lead l JOIN person p ON p.id = l.person_id
    WHERE l.track_id = t.id AND p.name <> '' ORDER BY p.name) || t.lead_names AS leads,
  (SELECT json_agg(json_build_object('key', r.key, 'label', r.label, 'position', r.position) ORDER BY r.position)
   FROM track_role r WHERE r.track_id = t.id) AS roles,
  (SELECT json_agg(json_build_object('id', c.id, 'number', c.number, 'key', c.key, 'version', c.version, 'title', c.title,
     'level', c.level, 'measured', c.measured, 'directional', c.directional, 'roles', c.roles, 'variants', c.variants)
     ORDER BY c.position, c.key)
   FROM test_case c WHERE c.track_id = t.id AND c.retired_at IS NULL) AS tests,
  CASE WHEN t.restricted THEN 0 ELSE
    (SELECT count(DISTINCT r.test)::int FROM result r WHERE r.track_id = t.id AND r.cell_id IS NULL) END AS unmapped
FROM track t WHERE t.event_id = $1 ORDER BY t.position, t.title`;

type EntryRow = Omit<SummaryEntry, "tracks" | "builds"> & {
  tracks: SummaryEntry["tracks"] | null;
  builds: SummaryEntry["builds"] | null;
};

const ENTRIES = `
SELECT n.id, n.number, n.slug AS entry, n.name, n.kind, n.current_build_id AS "currentBuildId", b.label AS build,
  json_build_object('slug', p.slug, 'name', p.name, 'aliases', p.aliases) AS project,
  json_build_object('named', n.consent_named, 'passing', n.consent_passing, 'failing', n.consent_failing) AS consent,
  (SELECT json_object_agg(t.slug, et.roles) FROM entry_track et JOIN track t ON t.id = et.track_id WHERE et.entry_id = n.id) AS tracks,
  (SELECT json_object_agg(o.id, o.label) FROM build o WHERE o.entry_id = n.id) AS builds
FROM entry n JOIN project p ON p.id = n.project_id LEFT JOIN build b ON b.id = n.current_build_id
WHERE n.event_id = $1 AND n.state = 'admitted' ORDER BY n.name, n.slug`;

const CELLS = `
SELECT ${CELL_COLUMNS}, c.track_id FROM cell c JOIN track t ON t.id = c.track_id
WHERE t.event_id = $1 AND NOT t.restricted AND c.state <> 'untested'
ORDER BY c.test_number, c.row_number, c.column_number, c.id`;

/** Of a restricted track, or about one of its cells: none. */
const ISSUES = `
SELECT i.number, i.title, i.kind, i.severity, i.state, t.slug AS track, i.target_name AS "targetName",
  CASE WHEN p.id IS NULL THEN NULL ELSE json_build_object('slug', p.slug, 'name', p.name) END AS project,
  coalesce((SELECT json_agg(json_build_object('kind', l.kind, 'label', l.label, 'url', l.url) ORDER BY l.position, l.label)
    FROM issue_link l WHERE l.issue_id = i.id), '[]') AS links,
  coalesce((SELECT json_agg(json_build_object('deed', c.deed, 'name', c.name) ORDER BY c.position, c.name)
    FROM issue_credit c WHERE c.issue_id = i.id), '[]') AS credits
FROM issue i LEFT JOIN track t ON t.id = i.track_id LEFT JOIN project p ON p.id = i.project_id
WHERE i.event_id = $1 AND (t.id IS NULL OR NOT t.restricted) AND NOT EXISTS (
  SELECT FROM issue_cell k JOIN cell c ON c.id = k.cell_id JOIN track r ON r.id = c.track_id
  WHERE k.issue_id = i.id AND r.restricted)
ORDER BY i.number`;

/**
 * Of cells that are broken now: the last decisive result on each set of builds. A result that
 * another one replaced, or that retracts one, is none.
 */
const TRIES = `
SELECT DISTINCT ON (r.cell_id, s.builds) r.cell_id AS "cellId", s.builds, r.outcome,
  (extract(epoch FROM r.started_at) * 1000)::float8 AS "startedAt"
FROM cell c JOIN track t ON t.id = c.track_id JOIN result r ON r.cell_id = c.id
CROSS JOIN LATERAL (
  SELECT string_agg((p->>'entry') || '@' || coalesce(p->>'build', ''), ' ' ORDER BY (p->>'entry') || '@' || coalesce(p->>'build', '') COLLATE "C") AS builds
  FROM jsonb_array_elements(r.parties) p) s
WHERE t.event_id = $1 AND NOT t.restricted AND c.state IN ('reported', 'confirmed', 'settled') AND c.outcome IN ('fail', 'timeout')
  AND r.outcome IN ('pass', 'degraded', 'fail', 'timeout', 'unsupported') AND ${STANDS} AND NOT r.denial
ORDER BY r.cell_id, s.builds, r.started_at DESC, r.attempt DESC, r.id DESC`;

export type Loaded = {
  source: Omit<SummarySource, "texts">;
  phase: string;
  /** track slug -> raw test names that count nowhere */
  unmapped: Map<string, number>;
  tracks: { id: string; slug: string; title: string; restricted: boolean }[];
};

/**
 * What a summary is made from, in six queries one after the other, so that they may be a
 * transaction's. Nothing of restricted tracks but that they are there.
 */
export async function loadSource(asked: Asked, eventId: string): Promise<Loaded> {
  const rowsOf = async <R extends pg.QueryResultRow>(text: string): Promise<R[]> =>
    (await asked.query<R>(text, [eventId])).rows;
  const [event] = await rowsOf<EventRow>(EVENT);
  if (!event) throw new Error(`No event ${eventId}`);
  const tracks = await rowsOf<TrackRow>(TRACKS);
  const entries = await rowsOf<EntryRow>(ENTRIES);
  const cells = await rowsOf<CellRow & { track_id: string }>(CELLS);
  const issues = await rowsOf<SummaryIssue>(ISSUES);
  const tries = await rowsOf<Try>(TRIES);
  return {
    phase: event.phase,
    tracks,
    unmapped: new Map(tracks.map(({ slug, unmapped }) => [slug, unmapped])),
    source: {
      event: eventOf(event),
      sponsors: sponsorSchema.array().parse(event.sponsors),
      statements: statementSchema.array().parse(event.statements),
      organizers: event.organizers,
      entries: entries.map((row) => ({
        ...row,
        tracks: row.tracks ?? {},
        builds: row.builds ?? {},
      })),
      tracks: tracks.map(({ id, slug, title, restricted, leads, roles, tests }) => ({
        slug,
        title,
        restricted,
        leads,
        roles: roles ?? [],
        tests: tests ?? [],
        cells: cells
          .filter(({ track_id }) => track_id === id)
          .map(cellOf)
          .filter((cell) => cell !== null),
      })),
      issues,
      tries,
    },
  };
}

const eventOf = ({ slug, label, intro, place, zone, starts_at, ends_at }: EventRow) => ({
  slug,
  label,
  intro,
  place,
  zone,
  startsAt: starts_at?.toISOString() ?? null,
  endsAt: ends_at?.toISOString() ?? null,
});

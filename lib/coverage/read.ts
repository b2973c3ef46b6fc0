import type { Permit } from "@/lib/auth/permit";
import { database } from "@/lib/db/client";
import type { Counts } from "@/lib/matrices/schema";
import { countTrack, type Played, type Seen } from "./rules";

type TrackRow = Omit<Played, "seen"> & { id: string };
type SeenRow = Seen & { track: string };

export type Progress = Counts & { disputed: number; latestAt: string | null };

/** The roles, tests and players of each track. Entries go by their small numbers. */
const TRACKS = `
SELECT t.id,
  coalesce((SELECT json_agg(json_build_object('key', r.key, 'position', r.position)) FROM track_role r WHERE r.track_id = t.id), '[]') AS roles,
  coalesce((SELECT json_agg(json_build_object('variants', c.variants, 'directional', c.directional, 'roles', c.roles))
    FROM test_case c WHERE c.track_id = t.id AND c.retired_at IS NULL), '[]') AS tests,
  coalesce((SELECT json_agg(json_build_object('entry', n.number::text, 'roles', et.roles))
    FROM entry_track et JOIN entry n ON n.id = et.entry_id AND n.state = 'admitted' WHERE et.track_id = t.id), '[]') AS plays
FROM track t WHERE t.event_id = $1`;

/**
 * How far each grid has come. What standingOf and progressOf (./rules.ts) say of a cell, for all cells of
 * an event at once: only a test with optional or repeated roles can have several cells for one constellation
 * of its required ones, and only those are told apart one by one.
 */
const SEEN = `
WITH test AS MATERIALIZED (
  SELECT c.id, EXISTS (SELECT FROM jsonb_array_elements(c.roles) u WHERE (u->>'min')::int = 0 OR (u->>'max')::int > 1) AS is_loose
  FROM test_case c JOIN track t ON t.id = c.track_id WHERE t.event_id = $1 AND c.retired_at IS NULL
), same AS (
  -- Most cells of a pair say what another says: what follows is done once for each kind.
  SELECT c.track_id, c.signature, c.row_number, c.column_number, c.state, c.outcome, count(*) AS cells, max(c.latest_at) AS latest_at,
    CASE WHEN test.is_loose THEN jsonb_build_array(c.test_case_id, c.variant) END AS loose,
    CASE WHEN c.signature LIKE '%+%+%' THEN c.parties END AS parties
  FROM cell c JOIN test ON test.id = c.test_case_id WHERE c.event_id = $1 AND c.state <> 'untested' GROUP BY 1, 2, 3, 4, 5, 6, 9, 10
), told AS (
  SELECT c.track_id, c.signature, rn.number AS r, kn.number AS k, c.state, c.latest_at, c.cells, x.others,
    rn.id IS NOT NULL AND (c.column_number = 0 OR kn.id IS NOT NULL) AS is_drawn,
    CASE WHEN c.loose IS NOT NULL THEN jsonb_build_array(c.loose, c.row_number, c.column_number, x.others) END AS loose,
    CASE WHEN x.others IS NULL THEN c.row_number = c.column_number ELSE x.is_self END AS is_self,
    CASE WHEN c.state = 'disputed' THEN 1
      WHEN c.state = 'planned' OR c.outcome IS NULL OR c.outcome NOT IN ('pass', 'degraded', 'fail', 'timeout', 'unsupported') THEN 0
      WHEN c.state = 'reported' THEN 1 WHEN c.outcome IN ('pass', 'degraded') THEN 3 ELSE 2 END AS standing
  FROM same c
  LEFT JOIN entry rn ON rn.event_id = $1 AND rn.number = c.row_number AND rn.state = 'admitted'
  LEFT JOIN entry kn ON kn.event_id = $1 AND kn.number = c.column_number AND kn.state = 'admitted'
  LEFT JOIN LATERAL (
    SELECT jsonb_object_agg(p->>'role', CASE WHEN n.state = 'admitted' THEN n.number::text ELSE '' END) AS others, count(DISTINCT p->>'entry') < count(*) AS is_self
    FROM jsonb_array_elements(c.parties) p JOIN entry n ON n.id = (p->>'entry')::uuid
    WHERE p->>'role' = ANY(string_to_array(c.signature, '+'))) x ON c.parties IS NOT NULL
), counted AS (
  SELECT track_id, signature, n.least,
    (coalesce(sum(cells) FILTER (WHERE loose IS NULL), 0) + count(DISTINCT loose))::int AS count
  FROM told JOIN (VALUES (1), (2), (3)) n (least) ON told.standing >= n.least WHERE is_drawn AND NOT is_self GROUP BY 1, 2, 3
)
SELECT t.track_id AS track, t.signature, array_agg(DISTINCT r::text) FILTER (WHERE r IS NOT NULL) AS rows, array_agg(DISTINCT k::text) FILTER (WHERE k IS NOT NULL) AS columns,
  coalesce(jsonb_agg(DISTINCT others) FILTER (WHERE others IS NOT NULL), '[]') AS others,
  coalesce(sum(cells) FILTER (WHERE is_drawn AND state = 'disputed'), 0)::int AS disputed, max(latest_at) AS "latestAt",
  coalesce((SELECT jsonb_object_agg(c.least, c.count) FROM counted c WHERE c.track_id = t.track_id AND c.signature = t.signature), '{}') AS "atLeast"
FROM told t GROUP BY 1, 2`;

/** The progress of every track of an event, by the track's id: the numbers of its matrix, in two queries. */
export async function loadProgress({
  scope,
}: Permit<"event.view">): Promise<ReadonlyMap<string, Progress>> {
  const { pool } = database();
  const [tracks, seen] = await Promise.all([
    pool.query<TrackRow>({ name: "progress-tracks", text: TRACKS, values: [scope.eventId] }),
    pool.query<SeenRow>({ name: "progress-seen", text: SEEN, values: [scope.eventId] }),
  ]);
  return new Map(
    tracks.rows.map(({ id, ...track }) => {
      const own = seen.rows.filter((row) => row.track === id);
      const latest = own.map(({ latestAt }) => latestAt?.getTime() ?? 0);
      const latestAt = Math.max(0, ...latest);
      return [
        id,
        {
          ...countTrack({ ...track, seen: own }),
          disputed: own.reduce((sum, row) => sum + row.disputed, 0),
          latestAt: latestAt > 0 ? new Date(latestAt).toISOString() : null,
        },
      ];
    }),
  );
}

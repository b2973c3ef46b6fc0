import type { Permit } from "@/lib/auth/permit";
import { shownZone } from "@/lib/auth/zone";
import { Refusal } from "@/lib/core/refusal";
import { database } from "@/lib/db/client";
import { ownEntryIds } from "@/lib/results/read/awaiting";
import { nextSteps } from "./rules";
import type { LogChoices, NextSteps, OwnCell, OwnTracks, PlayedTrack } from "./schema";

/** The tracks in which the entries `$2` play; `$3` is one of them by its slug, or null for all. */
const TRACKS = `
SELECT t.id, t.slug, t.title, t.restricted,
  coalesce((SELECT json_agg(json_build_object('key', r.key, 'label', r.label) ORDER BY r.position) FROM track_role r WHERE r.track_id = t.id), '[]') AS roles,
  coalesce((SELECT json_agg(json_build_object('id', c.id, 'key', c.key, 'title', c.title, 'level', c.level, 'directional', c.directional,
      'roles', c.roles, 'variants', c.variants) ORDER BY c.position, c.key)
    FROM test_case c WHERE c.track_id = t.id AND c.retired_at IS NULL), '[]') AS tests,
  coalesce((SELECT json_agg(json_build_object('id', n.id, 'slug', n.slug, 'name', n.name, 'kind', n.kind, 'plays', et.roles,
      'isOwn', n.id = ANY($2::uuid[]), 'currentBuildId', n.current_build_id,
      'builds', coalesce((SELECT json_agg(b.label ORDER BY b.id = n.current_build_id IS TRUE DESC, b.created_at DESC, b.label)
        FROM build b WHERE b.entry_id = n.id), '[]')) ORDER BY n.id = ANY($2::uuid[]) DESC, n.name, n.slug)
    FROM entry_track et JOIN entry n ON n.id = et.entry_id WHERE et.track_id = t.id AND n.state = 'admitted'), '[]') AS players
FROM track t
WHERE t.event_id = $1 AND ($3::text IS NULL OR t.slug = $3)
  AND EXISTS (SELECT FROM entry_track et WHERE et.track_id = t.id AND et.entry_id = ANY($2::uuid[]))
ORDER BY t.position, t.title`;

/** The cells of the entries `$2`; beyond two parties they stand on no axis. */
const CELLS = `
SELECT c.id, c.track_id AS "trackId", c.test_case_id AS "testId", c.variant, c.parties, c.state, c.outcome, c.tested
FROM cell c JOIN entry n ON n.id = ANY($2::uuid[])
WHERE c.event_id = $1 AND ($3::uuid IS NULL OR c.track_id = $3) AND c.state <> 'untested'
  AND (c.row_number = n.number OR c.column_number = n.number
    OR (jsonb_array_length(c.parties) > 2 AND c.parties @> jsonb_build_array(jsonb_build_object('entry', n.id::text))))`;

/** What each of the reader's entries could do next, in two queries. */
export async function listNextSteps(permit: Permit<"result.await">): Promise<NextSteps[]> {
  const { pool } = database();
  const own = [permit.scope.eventId, ownEntryIds(permit), null];
  const [{ rows: tracks }, { rows: cells }] = await Promise.all([
    pool.query<PlayedTrack>({ name: "played-tracks", text: TRACKS, values: own }),
    pool.query<OwnCell>({ name: "own-cells", text: CELLS, values: own }),
  ]);
  const players = tracks.flatMap((track) => track.players).filter(({ isOwn }) => isOwn);
  const each = new Map(players.map((player) => [player.id, player]));
  return [...each.values()].map((player) => nextSteps(player, { tracks, cells }));
}

/** The tracks in which the reader's entries play: one query. */
export async function listOwnTracks(permit: Permit<"result.log">): Promise<OwnTracks> {
  const { rows } = await database().pool.query<OwnTracks[number]>({
    name: "own-played-tracks",
    text: `SELECT t.slug, t.title, json_agg(json_build_object('slug', n.slug, 'name', n.name) ORDER BY n.name) AS entries
           FROM track t JOIN entry_track et ON et.track_id = t.id JOIN entry n ON n.id = et.entry_id
           WHERE t.event_id = $1 AND n.id = ANY($2::uuid[]) GROUP BY t.id ORDER BY t.position, t.title`,
    values: [permit.scope.eventId, ownEntryIds(permit)],
  });
  return rows;
}

/** What one chooses from to log a result in a track, in three queries. */
export async function loadLogChoices(
  permit: Permit<"result.log">,
  trackSlug: string,
): Promise<LogChoices> {
  const { pool } = database();
  const { eventId, trackId } = permit.scope;
  const own = ownEntryIds(permit);
  const [tracks, cells, events] = await Promise.all([
    pool.query<PlayedTrack>({
      name: "played-tracks",
      text: TRACKS,
      values: [eventId, own, trackSlug],
    }),
    pool.query<OwnCell>({ name: "own-cells", text: CELLS, values: [eventId, own, trackId] }),
    pool.query<{ zone: string }>("SELECT zone FROM interop_event WHERE id = $1", [eventId]),
  ]);
  const track = tracks.rows[0];
  if (!track) {
    throw new Refusal(
      "forbidden",
      `None of your entries plays in the track '${trackSlug}': say so on the entry's page, under tracks and roles.`,
    );
  }
  return { zone: shownZone(permit, events.rows[0]?.zone ?? "UTC"), track, cells: cells.rows };
}

import type { Permit } from "@/lib/auth/permit";
import { allows } from "@/lib/auth/policy";
import { isInsider, ownEntries, visibleEntries } from "@/lib/auth/visibility";
import { database } from "@/lib/db/client";
import { eyesOf, ISSUE_SEEN } from "@/lib/issues/read/seen";
import { loadVeil } from "@/lib/issues/read/veil";
import { listViews } from "@/lib/saved-views/read/views";
import { type Held, OFFERED, placesOf } from "./rules";
import type { PaletteEntry } from "./schema";

/** What nobody types the name of is found on its own page. */
const MOST_TESTS = 2000;
const MOST_ISSUES = 500;

type TrackRow = { id: string; slug: string; title: string; restricted: boolean; players: string[] };

const TRACKS = `
SELECT t.id, t.slug, t.title, t.restricted,
  coalesce((SELECT array_agg(et.entry_id) FROM entry_track et WHERE et.track_id = t.id), '{}') AS players
FROM track t WHERE t.event_id = $1 ORDER BY t.position, t.title`;

const TESTS = `
SELECT t.slug AS track, c.key, c.title FROM test_case c JOIN track t ON t.id = c.track_id
WHERE t.event_id = $1 AND c.retired_at IS NULL ORDER BY t.position, c.position, c.key LIMIT ${MOST_TESTS}`;

/** `$2`: only who agreed to be named. `$3`: the reader's own. */
const ENTRIES = `
SELECT n.slug, n.name, p.slug AS project, n.id = ANY($3::uuid[]) AS "isOwn"
FROM entry n JOIN project p ON p.id = n.project_id
WHERE n.event_id = $1 AND (n.id = ANY($3::uuid[])
  OR n.state = 'admitted' AND (NOT $2::bool OR n.kind <> 'participant' OR n.consent_named))
  AND n.state <> 'withdrawn'
ORDER BY n.name`;

const ISSUES = `
SELECT i.number, i.title, i.state FROM issue i LEFT JOIN track t ON t.id = i.track_id
WHERE i.event_id = $1 AND ${ISSUE_SEEN} ORDER BY i.number DESC LIMIT ${MOST_ISSUES}`;

/**
 * Where in an event the reader may go, by name; five queries, seven for outsiders once published. The name of
 * a restricted track is given to those who take part in it only, and so are its tests.
 */
export async function listPlaces(
  permit: Permit<"event.view">,
  eventSlug: string,
): Promise<PaletteEntry[]> {
  const { pool } = database();
  const { eventId, phase } = permit.scope;
  const own = ownEntries(permit);
  const isOutsider = phase === "published" && !isInsider(permit);
  const [tracks, tests, entries, issues, views] = await Promise.all([
    pool.query<TrackRow>({ name: "palette-tracks", text: TRACKS, values: [eventId] }),
    pool.query<Held["tests"][number]>({ name: "palette-tests", text: TESTS, values: [eventId] }),
    pool.query<Held["entries"][number]>({
      name: "palette-entries",
      text: ENTRIES,
      values: [eventId, isOutsider, own],
    }),
    listTitles(permit),
    listKept(permit),
  ]);
  const known = tracks.rows.filter((track) => mayBeNamed(permit, track, own));
  const slugs = new Set(known.map(({ slug }) => slug));
  return placesOf({
    ...{ eventSlug, phase, entries: entries.rows, issues },
    isParticipant: permit.roles.has("participant"),
    may: OFFERED.filter((action) => allows(action, permit.roles, phase)),
    tracks: known.map(({ id, slug, title }) => ({ slug, title, leads: leadsIt(permit, id) })),
    views: views.map(({ name, query, track }) => ({ name, query, track: track.slug })),
    tests: tests.rows.filter(({ track }) => slugs.has(track)),
  });
}

/** Who sees everybody's results of a track knows of it, and whose entry plays in it. */
function mayBeNamed(permit: Permit<"event.view">, track: TrackRow, own: readonly string[]) {
  return visibleEntries(permit, track) === null || track.players.some((id) => own.includes(id));
}

const leadsIt = ({ actor, roles }: Permit<"event.view">, trackId: string) =>
  roles.has("organizer") || (actor.kind === "person" && actor.leadOf.has(trackId));

/** Saved views, to who may see a matrix. */
const listKept = async (permit: Permit<"event.view">) =>
  allows("savedView.view", permit.roles, permit.scope.phase) ? listViews(permit) : [];

/** The titles of issues, as their list tells them: to who may see issues, and without names held back. */
async function listTitles(permit: Permit<"event.view">): Promise<Held["issues"]> {
  if (!allows("issue.view", permit.roles, permit.scope.phase)) return [];
  const veil = await loadVeil(permit);
  const { rows } = await database().pool.query<Held["issues"][number]>({
    name: "palette-issues",
    text: ISSUES,
    values: eyesOf(permit),
  });
  return rows.map((row) => ({ ...row, title: veil.hide(row.title) }));
}

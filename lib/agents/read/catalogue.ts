import type { Permit } from "@/lib/auth/permit";
import { database } from "@/lib/db/client";
import { reporterOf } from "@/lib/runs/read";
import { openPairings, type Party, type Plan, pairingKey } from "../rules";
import type { CatalogueReply } from "../schema";

type TrackRow = CatalogueReply["tracks"][number] & {
  tried: { test: string; parties: Party[] }[] | null;
};
type EntryRow = CatalogueReply["entries"][number] & {
  plays: { track: string; roles: string[] }[] | null;
};

const TRACKS = `
SELECT t.slug, t.title,
  coalesce((SELECT json_agg(json_build_object('key', r.key, 'label', r.label) ORDER BY r.position) FROM track_role r WHERE r.track_id = t.id), '[]') AS roles,
  coalesce((SELECT json_agg(json_build_object('key', c.key, 'version', c.version, 'title', c.title, 'kind', c.kind, 'level', c.level,
     'aliases', c.aliases, 'variants', c.variants, 'roles', c.roles) ORDER BY c.position, c.key)
   FROM test_case c WHERE c.track_id = t.id AND c.retired_at IS NULL), '[]') AS tests,
  (SELECT json_agg(json_build_object('test', c.key, 'parties', x.parties))
   FROM cell JOIN test_case c ON c.id = cell.test_case_id
   CROSS JOIN LATERAL (SELECT json_agg(json_build_object('role', p->>'role', 'entry', n.slug)) AS parties
     FROM jsonb_array_elements(cell.parties) p JOIN entry n ON n.id = (p->>'entry')::uuid) x
   WHERE cell.track_id = t.id AND cell.state NOT IN ('untested', 'planned')
     AND ($2::uuid IS NULL OR cell.parties @> jsonb_build_array(jsonb_build_object('entry', $2::text)))) AS tried
FROM track t WHERE t.event_id = $1 ORDER BY t.position, t.title`;

const ENTRIES = `
SELECT n.slug AS entry, p.slug AS project, n.name, n.kind, b.label AS "currentBuild",
  coalesce((SELECT json_agg(l.label ORDER BY l.created_at, l.label) FROM build l WHERE l.entry_id = n.id), '[]') AS builds,
  coalesce((SELECT json_agg(t.slug ORDER BY t.position) FROM entry_track et JOIN track t ON t.id = et.track_id WHERE et.entry_id = n.id), '[]') AS tracks,
  (SELECT json_agg(json_build_object('track', t.slug, 'roles', et.roles)) FROM entry_track et JOIN track t ON t.id = et.track_id WHERE et.entry_id = n.id) AS plays
FROM entry n JOIN project p ON p.id = n.project_id LEFT JOIN build b ON b.id = n.current_build_id
WHERE n.event_id = $1 AND n.state = 'admitted' ORDER BY n.name, n.slug`;

/** The event's tests, entries and what is still untried, for an agent: two queries. */
export async function loadCatalogue(permit: Permit<"catalogue.read">): Promise<CatalogueReply> {
  const { pool } = database();
  const { eventId, eventSlug } = permit.scope;
  const { entryId } = reporterOf(permit);
  const [tracks, entries, own] = await Promise.all([
    pool.query<TrackRow>({ name: "catalogue-tracks", text: TRACKS, values: [eventId, entryId] }),
    pool.query<EntryRow>({ name: "catalogue-entries", text: ENTRIES, values: [eventId] }),
    pool.query<{ slug: string }>("SELECT slug FROM entry WHERE id = $1", [entryId]),
  ]);
  const plans = tracks.rows.map((track) => planOf(track, entries.rows));
  return {
    event: eventSlug,
    tracks: tracks.rows.map(({ tried: _, ...track }) => track),
    entries: entries.rows.map(({ plays: _, ...entry }) => entry),
    pairings: openPairings(plans, own.rows[0]?.slug ?? null),
  };
}

function planOf({ slug, tests, tried }: TrackRow, entries: readonly EntryRow[]): Plan {
  const players = new Map<string, string[]>();
  for (const { entry, plays } of entries) {
    for (const role of plays?.find(({ track }) => track === slug)?.roles ?? []) {
      players.set(role, [...(players.get(role) ?? []), entry]);
    }
  }
  const keys = (tried ?? []).map(({ test, parties }) => {
    const required = new Set(
      tests
        .find(({ key }) => key === test)
        ?.roles.filter(({ min }) => min > 0)
        .map(({ key }) => key),
    );
    return pairingKey(
      test,
      parties.filter(({ role }) => required.has(role)),
    );
  });
  return { track: slug, tests, players, tried: new Set(keys) };
}

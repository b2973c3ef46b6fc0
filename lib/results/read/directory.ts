import type pg from "pg";
import { database } from "@/lib/db/client";
import type { Directory, DirectoryEntry, DirectoryTest, DirectoryTrack } from "../rules";

type Kept = Map<string, Directory>;
const kept = globalThis as unknown as { plugfestDirectories?: Kept };
const cache = (): Kept => {
  kept.plugfestDirectories ??= new Map();
  return kept.plugfestDirectories;
};

/** The event's names as of `version`, or newer; kept until the event's catalogue version moves on. */
export async function loadDirectory(eventId: string, version: number): Promise<Directory> {
  const known = cache().get(eventId);
  if (known && known.version >= version) return known;
  const directory = await readDirectory(eventId);
  cache().set(eventId, directory);
  return directory;
}

type EventRow = {
  catalogue_version: number;
  testing_ended_at: Date | null;
  unmapped_names: string;
  tracks: TrackRow[] | null;
  entries: EntryRow[] | null;
};
type TestRow = DirectoryTest & {
  /** It has the results that it has, and takes no more: its names are nobody's. */
  retired: boolean;
  aliases: string[];
  /** The variant that an alias stands for, where the test has several. */
  aliasVariants: Record<string, Record<string, string>>;
};
type TrackRow = {
  id: string;
  slug: string;
  roles: { key: string; position: number }[] | null;
  tests: TestRow[] | null;
  mappings: { raw: string; test: string; variant: Record<string, string> }[] | null;
};
type EntryRow = {
  id: string;
  slug: string;
  number: number;
  kind: string;
  current: string | null;
  builds: { id: string; label: string }[] | null;
};

/** One statement, so that the names and the version they belong to are of one moment. */
const DIRECTORY = `
SELECT e.catalogue_version, e.testing_ended_at, e.unmapped_names,
  (SELECT json_agg(json_build_object(
      'id', t.id, 'slug', t.slug,
      'roles', (SELECT json_agg(json_build_object('key', r.key, 'position', r.position)) FROM track_role r WHERE r.track_id = t.id),
      'tests', (SELECT json_agg(json_build_object('id', c.id, 'key', c.key, 'number', c.number, 'version', c.version,
          'kind', c.kind, 'directional', c.directional, 'roles', c.roles, 'variants', c.variants, 'aliases', c.aliases,
          'aliasVariants', coalesce(c.body->'aliasVariants', '{}'), 'retired', c.retired_at IS NOT NULL)
        ORDER BY c.number) FROM test_case c WHERE c.track_id = t.id),
      'mappings', (SELECT json_agg(json_build_object('raw', m.raw, 'test', m.test_case_id, 'variant', m.variant))
        FROM name_mapping m WHERE m.track_id = t.id)))
    FROM track t WHERE t.event_id = e.id) AS tracks,
  (SELECT json_agg(json_build_object(
      'id', n.id, 'slug', n.slug, 'number', n.number, 'kind', n.kind, 'current', n.current_build_id,
      'builds', (SELECT json_agg(json_build_object('id', b.id, 'label', b.label)) FROM build b WHERE b.entry_id = n.id)))
    FROM entry n WHERE n.event_id = e.id AND n.state = 'admitted') AS entries
FROM interop_event e WHERE e.id = $1`;

/** The names as `client` sees them now: a transaction that has changed some sees its own. */
export async function readDirectory(
  eventId: string,
  client: Pick<pg.PoolClient, "query"> = database().pool,
): Promise<Directory> {
  const { rows } = await client.query<EventRow>({
    name: "directory",
    text: DIRECTORY,
    values: [eventId],
  });
  const event = rows[0];
  if (!event) throw new Error(`No event ${eventId}`);
  const entries = (event.entries ?? []).map(entryOf);
  const tests = (event.tracks ?? []).flatMap((track) => track.tests ?? []);
  return {
    eventId,
    version: event.catalogue_version,
    testingEndedAt: event.testing_ended_at,
    refusesUnmapped: event.unmapped_names === "refuse",
    tracks: new Map((event.tracks ?? []).map((track) => [track.slug, trackOf(track)])),
    entries: new Map(entries.map((entry) => [entry.slug, entry])),
    entriesById: new Map(entries.map((entry) => [entry.id, entry])),
    testsById: new Map(tests.map((test) => [test.id, test])),
  };
}

const entryOf = ({ current, builds, ...entry }: EntryRow): DirectoryEntry => ({
  ...entry,
  currentBuildId: current,
  builds: new Map((builds ?? []).map(({ id, label }) => [label, id])),
});

function trackOf({ id, slug, roles, tests, mappings }: TrackRow): DirectoryTrack {
  const byName = new Map<string, DirectoryTest>();
  const byId = new Map<string, DirectoryTest>();
  const placed = new Map<string, { test: DirectoryTest; variant: Record<string, string> }>();
  const current = (tests ?? []).filter(({ retired }) => !retired);
  for (const { aliases, aliasVariants, retired: _, ...test } of current) {
    byId.set(test.id, test);
    for (const alias of aliases) byName.set(alias, test);
    for (const [raw, variant] of Object.entries(aliasVariants)) placed.set(raw, { test, variant });
  }
  // Keys win over aliases, whatever the order; what a lead mapped wins over both.
  for (const test of byId.values()) {
    byName.set(test.key, test);
    byName.set(test.key.toLowerCase(), test);
  }
  for (const { raw, test: testId, variant } of mappings ?? []) {
    const test = byId.get(testId);
    if (test) placed.set(raw, { test, variant });
  }
  return {
    id,
    slug,
    roles: new Map((roles ?? []).map(({ key, position }) => [key, position])),
    tests: byName,
    mappings: placed,
  };
}

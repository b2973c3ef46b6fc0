import type { Permit } from "@/lib/auth/permit";
import { isInsider, ownEntries, visibleEntries } from "@/lib/auth/visibility";
import { Refusal } from "@/lib/core/refusal";
import { database } from "@/lib/db/client";
import type { Source, SourceCell, SourceEntry, SourceTest } from "../schema";

/** A track with what its grids are drawn from, but for the cells. */
export type Plan = {
  id: string;
  title: string;
  /** Of the event. */
  zone: string;
  restricted: boolean;
  roles: { key: string; label: string; position: number }[];
  tests: SourceTest[];
  entries: SourceEntry[];
  /** Raised by whatever changes the axes or the tests: then the grids are to be drawn anew. */
  version: number;
  /** The oldest transaction open when this was read (ADR 4). */
  horizon: string;
  /** In a restricted track the entries whose cells the reader may see; null for all. */
  only: string[] | null;
};

type TrackRow = Omit<Plan, "roles" | "tests" | "entries" | "only"> & {
  roles: Plan["roles"] | null;
  tests: SourceTest[] | null;
  /** The reader's entries with a part in the track: chosen, or seen in one of its cells. */
  own: string[] | null;
};

/** Whether entry `o` has a part in track `t`: chosen, or seen in one of its cells. */
export const HAS_PART = `(EXISTS (SELECT FROM entry_track et WHERE et.track_id = t.id AND et.entry_id = o.id)
  OR EXISTS (SELECT FROM cell c WHERE c.track_id = t.id AND c.parties @> jsonb_build_array(jsonb_build_object('entry', o.id::text))))`;

const TRACK = `
SELECT t.id, t.title, t.restricted, e.zone, e.catalogue_version AS version, pg_snapshot_xmin(pg_current_snapshot())::text AS horizon,
  (SELECT json_agg(json_build_object('key', r.key, 'label', r.label, 'position', r.position) ORDER BY r.position)
   FROM track_role r WHERE r.track_id = t.id) AS roles,
  (SELECT array_agg(o.id) FROM unnest($3::uuid[]) AS o (id) WHERE t.restricted AND ${HAS_PART}) AS own,
  (SELECT json_agg(json_build_object('id', c.id, 'number', c.number, 'key', c.key, 'version', c.version, 'title', c.title,
     'level', c.level, 'measured', c.measured, 'directional', c.directional, 'roles', c.roles, 'variants', c.variants)
     ORDER BY c.position, c.key)
   FROM test_case c WHERE c.track_id = t.id AND c.retired_at IS NULL) AS tests
FROM track t JOIN interop_event e ON e.id = t.event_id WHERE t.event_id = $1 AND t.slug = $2`;

type EntryRow = {
  id: string;
  number: number;
  slug: string;
  name: string;
  kind: SourceEntry["kind"];
  build: string | null;
  current_build_id: string | null;
  plays: string[] | null;
  consent_named: boolean;
  consent_passing: boolean;
  consent_failing: boolean;
};

/** Those who take part in the track, or have a cell in it: who does is found once, and only for whoever takes no part. */
const ENTRIES = `
SELECT n.id, n.number, n.slug, n.name, n.kind, n.current_build_id, b.label AS build, et.roles AS plays,
  n.consent_named, n.consent_passing, n.consent_failing
FROM entry n
LEFT JOIN entry_track et ON et.entry_id = n.id AND et.track_id = $2
LEFT JOIN build b ON b.id = n.current_build_id
WHERE n.event_id = $1 AND n.state = 'admitted'
  AND (et.entry_id IS NOT NULL OR n.number IN (SELECT c.row_number FROM cell c WHERE c.track_id = $2)
  OR n.number IN (SELECT c.column_number FROM cell c WHERE c.track_id = $2)
  OR n.id IN (SELECT (p->>'entry')::uuid FROM cell c CROSS JOIN jsonb_array_elements(c.parties) p
    WHERE c.track_id = $2 AND jsonb_array_length(c.parties) > 2))
ORDER BY n.name, n.slug`;

/**
 * The plan in two queries. For whoever has no part in a restricted track its matrix does not exist, nor
 * anything that is drawn from it (ADR 7).
 */
export async function loadPlan(permit: Permit<"matrix.view">, trackSlug: string): Promise<Plan> {
  const { pool } = database();
  const { eventId } = permit.scope;
  const tracks = await pool.query<TrackRow>({
    name: "matrix-track",
    text: TRACK,
    values: [eventId, trackSlug, ownEntries(permit)],
  });
  const track = tracks.rows[0];
  const only = track && visibleEntries(permit, track) !== null ? (track.own ?? []) : null;
  if (!track || only?.length === 0)
    throw new Refusal("not_found", `No track '${trackSlug}' in this event.`);
  const entries = await pool.query<EntryRow>({
    name: "matrix-entries",
    text: ENTRIES,
    values: [eventId, track.id],
  });
  const { own: _, ...told } = track;
  return {
    ...told,
    roles: track.roles ?? [],
    tests: track.tests ?? [],
    entries: entries.rows.map(entryOf),
    only,
  };
}

const needsConsent = (permit: Permit<"matrix.view">) =>
  permit.scope.phase === "published" && !isInsider(permit);

/** What of the track the reader may see, as a word to compare: a role that is given or taken changes it. */
export const sightOf = (permit: Permit<"matrix.view">, { only }: Plan): string =>
  [needsConsent(permit) ? "agreed" : "all", ...(only?.toSorted() ?? [])].join(" ");

export const sourceOf = (
  permit: Permit<"matrix.view">,
  trackSlug: string,
  { plan, cells }: { plan: Plan; cells: readonly SourceCell[] },
): Source => ({
  eventSlug: permit.scope.eventSlug,
  trackSlug,
  roles: plan.roles,
  tests: plan.tests,
  entries: needsConsent(permit) ? concealed(plan.entries) : plan.entries,
  cells,
  needsConsent: needsConsent(permit),
});

const isNamed = ({ kind, consent }: SourceEntry) => kind !== "participant" || consent.named;

/** Entries that have not agreed to be named, counted and not told; after the others, so that no order tells. */
function concealed(entries: readonly SourceEntry[]): SourceEntry[] {
  const hidden = entries
    .filter((entry) => !isNamed(entry))
    .map((entry, at) => ({
      ...entry,
      entry: `withheld-${at + 1}`,
      name: `Not named ${at + 1}`,
      build: null,
    }));
  return [...entries.filter(isNamed), ...hidden];
}

const entryOf = (row: EntryRow): SourceEntry => ({
  id: row.id,
  number: row.number,
  entry: row.slug,
  name: row.name,
  kind: row.kind,
  build: row.build,
  currentBuildId: row.current_build_id,
  plays: row.plays ?? [],
  consent: {
    named: row.consent_named,
    passing: row.consent_passing,
    failing: row.consent_failing,
  },
});

/** The columns of a cell that the grids are drawn from; `only` limits them as parameter `$2`. */
export const CELL_COLUMNS = `
c.id, c.test_case_id, c.variant, c.parties, c.signature, c.state, c.outcome, c.sides, c.sides_of, c.attempts,
c.flaky, c.known_issue, c.tested, c.test_version, c.latest_at`;
export const ONLY_OWN = `($2::uuid[] IS NULL OR EXISTS (
  SELECT FROM jsonb_array_elements(c.parties) p WHERE (p->>'entry')::uuid = ANY($2::uuid[])))`;

/**
 * The cells of track `$1` as they were at a position, under the name `c`. One that nothing has touched since is
 * as it is now; of every other one the log has what it said, in its last row that was committed before. A
 * plan leaves no row, so what was only planned then is untested here.
 */
export const cellsThen = (position: string) => `(
  SELECT id, track_id, test_case_id, variant, parties, signature, test_number, row_number, column_number, state, outcome,
    sides, sides_of, attempts, flaky, known_issue, tested, test_version, latest_at
  FROM cell WHERE track_id = $1 AND xid < ${position}::xid8 AND state <> 'planned'
  UNION ALL
  SELECT * FROM (
    SELECT DISTINCT ON (n.id) n.id, n.track_id, n.test_case_id, n.variant, n.parties, n.signature, n.test_number, n.row_number, n.column_number,
      l.detail->>'state' AS state, l.detail->>'outcome', (l.detail->>'sides')::int, (l.detail->>'sidesOf')::int, (l.detail->>'attempts')::int,
      (l.detail->>'flaky')::bool, coalesce((l.detail->>'knownIssue')::bool, false), l.detail->'tested', (l.detail->>'testVersion')::int,
      (l.detail->>'latestAt')::timestamptz
    FROM event_log l JOIN cell n ON n.id = l.subject::uuid
    WHERE l.track_id = $1 AND l.kind = 'cell' AND l.xid < ${position}::xid8 AND n.track_id = $1 AND n.xid >= ${position}::xid8
    ORDER BY n.id, l.xid DESC, l.id DESC) last
  WHERE state <> 'planned') c`;

export type CellRow = {
  id: string;
  test_case_id: string;
  variant: Record<string, string>;
  parties: { role: string; entry: string }[];
  signature: string;
  state: SourceCell["state"] | "untested";
  outcome: SourceCell["outcome"];
  sides: number;
  sides_of: number;
  attempts: number;
  flaky: boolean;
  known_issue: boolean;
  tested: Record<string, string>;
  test_version: number;
  latest_at: Date | null;
};

/** Null for a cell that is untested again: its results were retracted. */
export const cellOf = ({ state, ...row }: CellRow): SourceCell | null =>
  state === "untested"
    ? null
    : {
        id: row.id,
        testCaseId: row.test_case_id,
        variant: row.variant,
        parties: row.parties,
        signature: row.signature,
        state,
        outcome: row.outcome,
        sides: row.sides,
        sidesOf: row.sides_of,
        attempts: row.attempts,
        flaky: row.flaky,
        knownIssue: row.known_issue,
        tested: row.tested,
        testVersion: row.test_version,
        latestAt: row.latest_at?.toISOString() ?? null,
      };

import type { Permit } from "@/lib/auth/permit";
import { silentIn } from "@/lib/cells/rules";
import { type KeptVoices, unpackVoices } from "@/lib/cells/write/memory";
import { Refusal } from "@/lib/core/refusal";
import { database } from "@/lib/db/client";
import type { DeskActivity, DeskCell, LeadDesk } from "../schema";

/** How many cells of a kind are listed, the longest silent first. */
const CELLS_SHOWN = 60;
const ACTIVITIES_SHOWN = 20;

type TrackRow = { stalled_hours: number; orphans: LeadDesk["orphans"] | null };

/** A role that a test cannot do without, and that no entry plays. */
const TRACK = `
SELECT t.stalled_hours,
  (SELECT json_agg(o ORDER BY o.position) FROM (
     SELECT r.key AS role, r.label, r.position, array_agg(c.key ORDER BY c.position, c.key) AS tests
     FROM track_role r JOIN test_case c ON c.track_id = r.track_id AND c.retired_at IS NULL
       AND EXISTS (SELECT FROM jsonb_array_elements(c.roles) u WHERE u->>'key' = r.key AND (u->>'min')::int > 0)
     WHERE r.track_id = t.id AND NOT EXISTS (
       SELECT FROM entry_track et JOIN entry n ON n.id = et.entry_id AND n.state = 'admitted'
       WHERE et.track_id = t.id AND r.key = ANY(et.roles))
     GROUP BY r.id) o) AS orphans
FROM track t WHERE t.id = $1`;

type CellRow = {
  id: string;
  test: string;
  title: string;
  kind: string;
  variant: Record<string, string>;
  outcome: DeskCell["outcome"];
  state: "disputed" | "reported";
  heard_at: Date;
  is_stalled: boolean;
  total: number;
  stalled: number;
  voices: KeptVoices | null;
  parties: (DeskCell["parties"][number] & { id: string; kind: string; nudgedAt: string | null })[];
};

const CELLS = `
WITH waiting AS (
  SELECT c.id, c.state, (SELECT max(r.received_at) FROM result r WHERE r.cell_id = c.id) AS heard_at
  FROM cell c JOIN test_case k ON k.id = c.test_case_id AND k.retired_at IS NULL
  WHERE c.track_id = $1 AND (c.state = 'disputed' OR (c.state = 'reported' AND c.sides < c.sides_of
    AND c.outcome IN ('pass', 'degraded', 'fail', 'timeout', 'unsupported')))
), ranked AS (
  SELECT w.*, w.heard_at <= $2 AS is_stalled,
    row_number() OVER kind AS rank, count(*) OVER all_of AS total, count(*) FILTER (WHERE w.heard_at <= $2) OVER all_of AS stalled
  FROM waiting w WINDOW kind AS (PARTITION BY w.state ORDER BY w.heard_at, w.id), all_of AS (PARTITION BY w.state)
)
SELECT c.id, k.key AS test, k.title, k.kind, c.variant, c.outcome, c.state, w.heard_at, w.is_stalled, w.total::int, w.stalled::int, f.voices,
  (SELECT json_agg(json_build_object('id', n.id, 'role', x.party->>'role', 'entry', n.slug, 'name', n.name, 'kind', n.kind,
     'nudgedAt', (SELECT to_char(max(g.created_at) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') FROM nudge g WHERE g.cell_id = c.id AND g.entry_id = n.id))
     ORDER BY x.at)
   FROM jsonb_array_elements(c.parties) WITH ORDINALITY AS x (party, at) JOIN entry n ON n.id = (x.party->>'entry')::uuid) AS parties
FROM ranked w JOIN cell c ON c.id = w.id JOIN test_case k ON k.id = c.test_case_id LEFT JOIN cell_fold f ON f.cell_id = c.id
WHERE w.rank <= ${CELLS_SHOWN} ORDER BY w.state, w.rank`;

type ActivityRow = Omit<DeskActivity, "at"> & { at: Date };

const ACTIVITY = `
SELECT l.id::text AS id, l.at, l.kind, l.detail, k.key AS test, c.id AS "cellId",
  (SELECT array_agg(n.name ORDER BY x.at) FROM jsonb_array_elements(c.parties) WITH ORDINALITY AS x (party, at)
   JOIN entry n ON n.id = (x.party->>'entry')::uuid) AS names
FROM event_log l LEFT JOIN cell c ON c.id::text = l.subject AND c.track_id = l.track_id LEFT JOIN test_case k ON k.id = c.test_case_id
WHERE l.track_id = $1 AND l.kind IN ('cell', 'ruling', 'note', 'nudge', 'mapping', 'test')
ORDER BY l.xid DESC, l.id DESC LIMIT ${ACTIVITIES_SHOWN}`;

const HOUR_MS = 3_600_000;

/**
 * What waits for a track's lead, in three queries whatever the size: disputes, cells that wait for a
 * side, those that have waited too long, roles that nobody plays, what happened last.
 */
export async function loadDesk(permit: Permit<"track.lead">, now: Date): Promise<LeadDesk> {
  const { pool } = database();
  const { trackId } = permit.scope;
  const tracks = await pool.query<TrackRow>({ name: "desk", text: TRACK, values: [trackId] });
  const track = tracks.rows[0];
  if (!track) throw new Refusal("not_found", "No such track in this event.");
  const since = new Date(now.getTime() - track.stalled_hours * HOUR_MS);
  const [cells, activity] = await Promise.all([
    pool.query<CellRow>({ name: "desk-cells", text: CELLS, values: [trackId, since] }),
    pool.query<ActivityRow>({ name: "desk-activity", text: ACTIVITY, values: [trackId] }),
  ]);
  const of = (state: CellRow["state"]) => {
    const rows = cells.rows.filter((row) => row.state === state);
    const { total = 0, stalled = 0 } = rows[0] ?? {};
    return { total, stalled, cells: rows.map(cellOf) };
  };
  const { total, cells: disputed } = of("disputed");
  return {
    asOf: now.toISOString(),
    stalledHours: track.stalled_hours,
    orphans: (track.orphans ?? []).map(({ role, label, tests }) => ({ role, label, tests })),
    disputed: { total, cells: disputed },
    awaiting: of("reported"),
    activity: activity.rows.map(({ at, ...row }) => ({ ...row, at: at.toISOString() })),
  };
}

function cellOf({ voices, parties, kind, ...row }: CellRow): DeskCell {
  const sides = parties.filter((party) => party.kind === "participant");
  const ids = kind === "solo" ? [] : sides.map(({ id }) => id);
  const silent = voices && row.state === "reported" ? silentIn(unpackVoices(voices), ids) : [];
  return {
    id: row.id,
    test: row.test,
    title: row.title,
    variant: row.variant,
    outcome: row.outcome,
    state: row.state,
    heardAt: row.heard_at.toISOString(),
    isStalled: row.is_stalled,
    parties: parties.map(({ role, entry, name }) => ({ role, entry, name })),
    silent: [...new Map(sides.map((side) => [side.id, side])).values()]
      .filter(({ id }) => silent.includes(id))
      .map(({ entry, name, nudgedAt }) => ({ entry, name, nudgedAt })),
  };
}

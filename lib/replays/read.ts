import type { Permit } from "@/lib/auth/permit";
import { database } from "@/lib/db/client";
import { dayOf } from "@/lib/events/rules";
import {
  CELL_COLUMNS,
  type CellRow,
  cellOf,
  loadPlan,
  ONLY_OWN,
  type Plan,
  sourceOf,
} from "@/lib/matrices/read/source";
import { buildGrids } from "@/lib/matrices/rules";
import { isTooMuch } from "@/lib/tables/rules";
import { buildReplay, daysOf, type Version } from "./rules";
import type { ReplayDay, ReplayPage } from "./schema";

/** What more changes than these weigh, nobody should have to load for a slider. */
const MOST_CHANGES = 20_000;

const IDENTITY = "n.id, n.test_case_id, n.variant, n.parties, n.signature";

/**
 * Every version of the cells of track `$1` before position `$3`, by the rule that `cellsThen` draws one moment
 * by: what a cell is now holds since the transaction that wrote it last, and before that the log.
 * One more of the same leaves no row of the cell in the log; its batch has left one.
 */
const VERSIONS = `
SELECT ${CELL_COLUMNS}, c.xid::text AS xid, c.at FROM (
  SELECT ${IDENTITY}, l.detail->>'state' AS state, l.detail->>'outcome' AS outcome, (l.detail->>'sides')::int AS sides,
    (l.detail->>'sidesOf')::int AS sides_of, (l.detail->>'attempts')::int AS attempts, (l.detail->>'flaky')::bool AS flaky,
    coalesce((l.detail->>'knownIssue')::bool, false) AS known_issue, l.detail->'tested' AS tested,
    (l.detail->>'testVersion')::int AS test_version, (l.detail->>'latestAt')::timestamptz AS latest_at, l.xid, l.id AS line, l.at
  FROM event_log l JOIN cell n ON n.id = l.subject::uuid
  WHERE l.track_id = $1 AND l.kind = 'cell' AND l.xid < $3::xid8 AND n.track_id = $1 AND l.xid < n.xid
  UNION ALL
  SELECT ${IDENTITY}, n.state, n.outcome, n.sides, n.sides_of, n.attempts, n.flaky, n.known_issue, n.tested, n.test_version,
    n.latest_at, n.xid, NULL, (SELECT l.at FROM event_log l WHERE l.track_id = $1 AND l.xid = n.xid LIMIT 1)
  FROM cell n WHERE n.track_id = $1 AND n.xid < $3::xid8) c
WHERE ${ONLY_OWN} ORDER BY c.xid, c.line, c.id LIMIT $4`;

type Row = CellRow & { xid: string; at: Date | null };

/** The days on which something changed, each with the position just after its last change. */
const DAYS = `
SELECT to_char(l.at AT TIME ZONE $4, 'YYYY-MM-DD') AS day, (max(l.xid::text::bigint) + 1)::text AS position
FROM event_log l WHERE l.track_id = $1 AND l.kind = 'cell' AND l.xid < $3::xid8
  AND ($2::uuid[] IS NULL OR EXISTS (SELECT FROM cell c WHERE c.id = l.subject::uuid AND ${ONLY_OWN}))
GROUP BY day ORDER BY day`;

/**
 * All that happened in a track's matrix, as far as its reader may see it: three queries, four where it
 * is so much that only days are told. A matrix that no plain table draws is looked at by days, too.
 */
export async function loadReplay(
  permit: Permit<"matrix.view">,
  trackSlug: string,
): Promise<ReplayPage> {
  const plan = await loadPlan(permit, trackSlug);
  const { zone } = plan;
  const roleLabels = Object.fromEntries(plan.roles.map(({ key, label }) => [key, label]));
  const frames = buildGrids(sourceOf(permit, trackSlug, { plan, cells: [] }));
  const rows = isTooMuch(frames, {}) ? null : await listVersions(plan);
  if (rows === null || rows.length > MOST_CHANGES)
    return { told: "days", roleLabels, zone, days: await listDays(plan) };
  const source = sourceOf(permit, trackSlug, { plan, cells: [] });
  const replay = buildReplay(source, rows.map(versionOf));
  const inZone = (at: number) => dayOf(new Date(at).toISOString(), zone);
  return { told: "all", roleLabels, zone, replay, days: daysOf({ replay, dayOf: inZone }) };
}

async function listVersions({ id, only, horizon }: Plan): Promise<Row[]> {
  const { rows } = await database().pool.query<Row>({
    name: "replay-versions",
    text: VERSIONS,
    values: [id, only, horizon, MOST_CHANGES + 1],
  });
  return rows;
}

async function listDays({ id, only, horizon, zone }: Plan): Promise<ReplayDay[]> {
  const { rows } = await database().pool.query<ReplayDay>({
    name: "replay-days",
    text: DAYS,
    values: [id, only, horizon, zone],
  });
  return rows;
}

/** What was only planned then nobody knows: a plan leaves no row in the log. */
const versionOf = ({ xid, at, ...row }: Row): Version => ({
  ...{ id: row.id, xid, at: at?.getTime() ?? null },
  cell: row.state === "planned" ? null : cellOf(row),
});

import { hash } from "node:crypto";
import type { Permit } from "@/lib/auth/permit";
import { isInsider, visibleEntries } from "@/lib/auth/visibility";
import { AGREES, SUPERSEDED } from "@/lib/cells/read";
import type { CellPage, CellState, Origin, ResultLine } from "@/lib/cells/schema";
import { Refusal } from "@/lib/core/refusal";
import { database } from "@/lib/db/client";
import type { Metric, Outcome } from "../schema";
import { ownEntryIds } from "./awaiting";

type CellRow = {
  id: string;
  track_id: string;
  track: string;
  track_title: string;
  restricted: boolean;
  key: string;
  title: string;
  version: number;
  level: string;
  measured: boolean;
  variant: Record<string, string>;
  parties: CellPage["parties"] | null;
  entry_ids: string[];
  consented: boolean;
  state: CellState;
  outcome: Outcome | null;
  sides: number;
  sides_of: number;
  attempts: number;
  flaky: boolean;
  stale: boolean;
  known_issue: boolean;
  latest_at: Date | null;
  /** Which transaction wrote it last: another one has added to it. */
  xid: string;
};

/** The cell with its parties: what was tested of each, and what is current now. */
const CELL = `
SELECT c.id, t.id AS track_id, t.slug AS track, t.title AS track_title, t.restricted, tc.key, tc.title, tc.version, tc.level, tc.measured,
  c.variant, c.state, c.outcome, c.sides, c.sides_of, c.attempts, c.flaky, c.known_issue, c.latest_at, c.xid::text AS xid, p.*,
  (c.test_version <> tc.version OR p.is_other_build) AS stale
FROM cell c JOIN track t ON t.id = c.track_id JOIN test_case tc ON tc.id = c.test_case_id
CROSS JOIN LATERAL (
  SELECT json_agg(json_build_object('role', x.role, 'roleLabel', coalesce(r.label, x.role), 'entry', n.slug, 'name', n.name, 'project', pj.slug,
      'kind', n.kind, 'build', tb.label, 'currentBuild', cb.label, 'isOwn', n.id = ANY($4::uuid[]),
      'builds', coalesce((SELECT json_agg(b.label ORDER BY b.id = n.current_build_id IS TRUE DESC, b.created_at DESC, b.label) FROM build b WHERE b.entry_id = n.id), '[]'))
      ORDER BY x.at) AS parties,
    array_agg(n.id) AS entry_ids,
    bool_or(c.tested ? n.id::text AND (c.tested->>n.id::text)::uuid IS DISTINCT FROM n.current_build_id) AS is_other_build,
    bool_and(${AGREES}) AS consented
  FROM jsonb_array_elements(c.parties) WITH ORDINALITY AS e (party, at)
  CROSS JOIN LATERAL (SELECT party->>'role' AS role, (party->>'entry')::uuid AS entry, at) x
  JOIN entry n ON n.id = x.entry
  JOIN project pj ON pj.id = n.project_id
  LEFT JOIN track_role r ON r.track_id = c.track_id AND r.key = x.role
  LEFT JOIN build tb ON tb.id = (c.tested->>n.id::text)::uuid
  LEFT JOIN build cb ON cb.id = n.current_build_id) p
WHERE c.id = $1 AND c.event_id = $2 AND t.slug = $3`;

type ResultRow = {
  seq: string;
  id: string;
  reporter: string | null;
  entry: string | null;
  origin: Origin;
  by: string | null;
  answers: string | null;
  denial: boolean;
  outcome: Outcome;
  raw_status: string | null;
  test: string;
  attempt: number;
  started_at: Date;
  received_at: Date;
  duration_ms: number | null;
  message: string | null;
  log: { excerpt: string; truncated: boolean } | null;
  metrics: Metric[] | null;
  labels: Record<string, string> | null;
  exchange: string | null;
  unsupported_by: string[];
  parties: ResultLine["parties"] | null;
  run: string;
  runner: string | null;
  run_state: string;
  void: boolean;
  is_superseded: boolean;
  backfilled: boolean;
  late: boolean;
};

const RESULTS = `
SELECT r.seq::text AS seq, r.id, n.name AS reporter, n.slug AS entry, r.answers_seq::text AS answers, r.denial, r.origin, coalesce(a.name, p.name) AS by, r.outcome, r.raw_status, r.test, r.attempt,
  r.started_at, r.received_at, r.duration_ms, r.message, r.log, r.metrics, r.labels, r.exchange, r.unsupported_by,
  run.id AS run, run.manifest->'source'->>'runner' AS runner, run.state AS run_state, r.void, r.backfilled, r.late,
  ${SUPERSEDED} AS is_superseded,
  (SELECT json_agg(json_build_object('role', x->>'role', 'name', en.name, 'build', b.label, 'stage', x->>'stage',
     'expected', x->>'expected', 'observed', x->>'observed') ORDER BY at)
   FROM jsonb_array_elements(r.parties) WITH ORDINALITY AS e (x, at)
   JOIN entry en ON en.id = (x->>'entry')::uuid LEFT JOIN build b ON b.id = (x->>'build')::uuid) AS parties
FROM result r JOIN run ON run.key = r.run_key
LEFT JOIN entry n ON n.id = r.entry_id LEFT JOIN agent a ON a.id = r.agent_id LEFT JOIN person p ON p.id = r.person_id
WHERE r.cell_id = $1
ORDER BY r.started_at DESC, r.attempt DESC, r.id DESC LIMIT 200`;

type Where = { trackSlug: string; cellId: string };

/** A cell without its results, in one query. One that the reader may not see does not exist. */
export async function loadCellRow(
  permit: Permit<"result.view">,
  { trackSlug, cellId }: Where,
): Promise<CellRow> {
  const { rows } = await database().pool.query<CellRow>({
    name: "cell-page",
    text: CELL,
    values: [cellId, permit.scope.eventId, trackSlug, ownEntryIds(permit)],
  });
  const [cell] = rows;
  if (!cell || !maySee(permit, cell)) throw new Refusal("not_found", "There is no such cell.");
  return cell;
}

/** A cell and its latest 200 results, in two queries. */
export async function loadCell(permit: Permit<"result.view">, where: Where): Promise<CellPage> {
  const cell = await loadCellRow(permit, where);
  const results = await database().pool.query<ResultRow>({
    name: "cell-results",
    text: RESULTS,
    values: [where.cellId],
  });
  return {
    id: cell.id,
    track: { slug: cell.track, title: cell.track_title, restricted: cell.restricted },
    test: {
      key: cell.key,
      title: cell.title,
      version: cell.version,
      level: cell.level,
      measured: cell.measured,
    },
    variant: cell.variant,
    parties: cell.parties ?? [],
    state: cell.state,
    outcome: cell.outcome,
    sides: cell.sides,
    sidesOf: cell.sides_of,
    attempts: cell.attempts,
    flaky: cell.flaky,
    stale: cell.stale && cell.latest_at !== null,
    knownIssue: cell.known_issue,
    latestAt: cell.latest_at?.toISOString() ?? null,
    stamp: stampOf(cell),
    // Whoever spoke is named among those who take part; to everybody else their entry speaks.
    results: results.rows.map((row) =>
      lineOf(isInsider(permit) || row.origin === "agent" ? row : { ...row, by: null }),
    ),
  };
}

/** Another stamp means that the cell's page would show something else. */
export const stampOf = (cell: CellRow): string => hash("sha256", JSON.stringify(cell));

/** A restricted track shows a cell to its parties; a published one shows what its entries agreed to. */
function maySee(permit: Permit<"result.view">, cell: CellRow): boolean {
  const only = visibleEntries(permit, { id: cell.track_id, restricted: cell.restricted });
  if (only !== null && !cell.entry_ids.some((id) => only.includes(id))) return false;
  return permit.scope.phase !== "published" || isInsider(permit) || cell.consented;
}

const lineOf = (row: ResultRow): ResultLine => ({
  seq: row.seq,
  id: row.id,
  reporter: row.reporter,
  entry: row.entry,
  answers: row.answers,
  isDenial: row.denial,
  origin: row.origin,
  by: row.by,
  outcome: row.outcome,
  rawStatus: row.raw_status,
  test: row.test,
  attempt: row.attempt,
  startedAt: row.started_at.toISOString(),
  receivedAt: row.received_at.toISOString(),
  durationMs: row.duration_ms,
  message: row.message,
  log: row.log,
  metrics: row.metrics ?? [],
  labels: row.labels ?? {},
  exchange: row.exchange,
  unsupportedBy: row.unsupported_by,
  parties: row.parties ?? [],
  run: { id: row.run, runner: row.runner, state: row.run_state },
  isVoid: row.void,
  isSuperseded: row.is_superseded,
  backfilled: row.backfilled,
  late: row.late,
});

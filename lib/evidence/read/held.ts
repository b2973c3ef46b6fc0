import type { Permit } from "@/lib/auth/permit";
import { database } from "@/lib/db/client";
import { ownEntryIds } from "@/lib/results/read/awaiting";
import type { EvidenceKind } from "../schema";
import {
  covers,
  hidesCell,
  isOwner,
  NAMED,
  PARTIES,
  type Parties,
  seesCell,
  seesRun,
  type Told,
} from "./mentions";

export type HeldCell = { id: string; track: string; test: string; names: string[] };

/** A file as the reader may see it. */
export type Held = {
  sha256: string;
  name: string;
  size: number;
  kind: EvidenceKind;
  /** Whether the reader is one of its owners. */
  isOwn: boolean;
  /** The cells that they see it by. */
  cells: HeldCell[];
};

type Row = Told & Parties & { name: string; size: number; kind: EvidenceKind };
type CellRow = Row & { cell: string | null; track: string; test: string; names: string[] | null };

// Only of a reporter who has sent the bytes: naming a hash in a result of one's own opens nothing.
const BY_RESULT = `
SELECT k.reporter_id, t.id AS track_id, t.slug AS track, t.restricted, c.id AS cell, tc.key AS test, p.entry_ids, p.names, p.consented,
  (SELECT e->>'name' FROM jsonb_array_elements(r.evidence) e WHERE e->>'sha256' = $2 LIMIT 1) AS name, s.size, s.kind
FROM (SELECT DISTINCT sha256, event_id, reporter_id FROM evidence_claim WHERE sha256 = decode($2, 'hex') AND event_id = $1 AND state = 'arrived') k
JOIN evidence s ON s.sha256 = k.sha256
JOIN LATERAL (SELECT DISTINCT ON (r.track_id, r.cell_id) r.* FROM result r WHERE r.reporter_id = k.reporter_id
  AND r.evidence @> jsonb_build_array(jsonb_build_object('sha256', $2::text)) ORDER BY r.track_id, r.cell_id, r.seq DESC) r ON true
JOIN track t ON t.id = r.track_id AND t.event_id = $1
LEFT JOIN cell c ON c.id = r.cell_id LEFT JOIN test_case tc ON tc.id = c.test_case_id
LEFT JOIN LATERAL (${PARTIES}) p ON c.id IS NOT NULL
ORDER BY r.seq DESC`;

const BY_RUN = `
SELECT k.reporter_id, t.id AS track_id, t.restricted, k.name, s.size, s.kind, ${covers("$3")} AS covers
FROM evidence_claim k JOIN evidence s ON s.sha256 = k.sha256 JOIN run ON run.key = k.run_key JOIN track t ON t.id = run.track_id
WHERE k.sha256 = decode($2, 'hex') AND k.event_id = $1 AND k.state = 'arrived' AND NOT ${NAMED}
ORDER BY k.declared_at DESC LIMIT 50`;

const CELLS = 50;

/** A file of the event's by its SHA-256, in two queries; null for what the reader may not see, or is not here. */
export async function findHeld(
  permit: Permit<"evidence.view">,
  sha256: string,
): Promise<Held | null> {
  const { pool } = database();
  const { eventId } = permit.scope;
  const [byResult, byRun] = await Promise.all([
    pool.query<CellRow>({ name: "evidence-results", text: BY_RESULT, values: [eventId, sha256] }),
    pool.query<Row & { covers: boolean }>({
      name: "evidence-runs",
      text: BY_RUN,
      values: [eventId, sha256, ownEntryIds(permit)],
    }),
  ]);
  const hidden = byResult.rows.filter((row) => hidesCell(permit, row));
  const shut = new Set(hidden.map(({ reporter_id }) => reporter_id));
  const isOpen = (row: Told) => isOwner(permit, row) || !shut.has(row.reporter_id);
  const seen = byResult.rows.filter((row) => isOpen(row) && seesCell(permit, row));
  const runs = byRun.rows.filter((row) => isOpen(row) && seesRun(permit, row));
  const [first] = [...seen, ...runs];
  if (!first) return null;
  const { name, size, kind } = first;
  return {
    sha256,
    name,
    size,
    kind,
    isOwn: [...seen, ...runs].some((row) => isOwner(permit, row)),
    cells: seen.flatMap(cellOf).slice(0, CELLS),
  };
}

const cellOf = ({ cell, track, test, names }: CellRow): HeldCell[] =>
  cell === null ? [] : [{ id: cell, track, test, names: names ?? [] }];

/** The events that hold a file; who may know of it is asked of each. */
export async function listHolders(sha256: string): Promise<string[]> {
  const { rows } = await database().pool.query<{ slug: string }>({
    name: "evidence-holders",
    text: `SELECT DISTINCT e.slug FROM evidence_claim k JOIN interop_event e ON e.id = k.event_id
           WHERE k.sha256 = decode($1, 'hex') AND k.state = 'arrived' ORDER BY e.slug`,
    values: [sha256],
  });
  return rows.map(({ slug }) => slug);
}

import type { Permit } from "@/lib/auth/permit";
import { database } from "@/lib/db/client";
import { loadRun } from "@/lib/runs/read";
import type { RunResults, RunResultsQuery, StoredItem } from "../schema";

type Row = Omit<StoredItem, "startedAt" | "receivedAt"> & {
  seq: string;
  startedAt: Date;
  receivedAt: Date;
};

const PAGE = `
SELECT r.seq::text AS seq, r.id, r.test, r.test_version AS "testVersion", r.variant, r.attempt, r.outcome,
  (SELECT json_agg(json_strip_nulls(json_build_object('role', p->>'role', 'entry', n.slug, 'build', b.label,
      'stage', p->>'stage', 'expected', p->>'expected', 'observed', p->>'observed')) ORDER BY p->>'role', n.slug)
   FROM jsonb_array_elements(r.parties) p JOIN entry n ON n.id = (p->>'entry')::uuid
   LEFT JOIN build b ON b.id = (p->>'build')::uuid) AS parties,
  r.raw_status AS "rawStatus", r.unsupported_by AS "unsupportedBy", r.started_at AS "startedAt", r.duration_ms AS "durationMs",
  r.message, r.log, r.metrics, r.labels, r.evidence, r.exchange, r.supersedes, r.void,
  r.cell_id IS NULL AS unmapped, r.late, r.backfilled, r.received_at AS "receivedAt"
FROM result r WHERE r.run_key = $1 AND r.seq > $2 ORDER BY r.seq LIMIT $3`;

/** What is stored of one's own run, in the order of arrival, from a cursor on. */
export async function listRunResults(
  permit: Permit<"run.view">,
  runId: string,
  { after, limit }: RunResultsQuery,
): Promise<RunResults> {
  const run = await loadRun(permit, runId);
  const { rows } = await database().pool.query<Row>({
    name: "run-results",
    text: PAGE,
    values: [run.key, after, limit],
  });
  const last = rows.length === limit ? rows.at(-1) : undefined;
  return {
    run: run.id,
    items: rows.map(({ seq: _, ...row }) => ({
      ...row,
      startedAt: row.startedAt.toISOString(),
      receivedAt: row.receivedAt.toISOString(),
    })),
    next: last?.seq ?? null,
  };
}

import type { Permit } from "@/lib/auth/permit";
import { STANDS } from "@/lib/cells/read";
import { database } from "@/lib/db/client";
import { loadPlan, ONLY_OWN, sourceOf } from "@/lib/matrices/read/source";
import type { Metric, Outcome } from "@/lib/results/schema";
import { buildFigures, type MeasuredPlan, type MeasuredResult } from "./rules";
import type { Measurements } from "./schema";

/** So many results with figures are told, the newest. */
const MOST = 2000;

type PlannedRow = {
  name: string;
  unit: string;
  how: string;
  vantage: string;
  reference: { cite: string; verified: boolean } | null;
};

/** What the plan's tests measure, in their order; a name may be there several times. */
const PLANNED = `
SELECT m->>'name' AS name, m->>'unit' AS unit, m->>'how' AS how, m->>'vantage' AS vantage, m->'reference' AS reference
FROM test_case c CROSS JOIN LATERAL jsonb_array_elements(c.body->'measurements') WITH ORDINALITY AS e (m, at)
WHERE c.track_id = $1 AND c.retired_at IS NULL
ORDER BY c.position, c.key, e.at`;

type ResultRow = {
  cell_id: string;
  test_case_id: string;
  variant: Record<string, string>;
  cell_outcome: Outcome | null;
  parties: MeasuredResult["parties"];
  attempt: number;
  outcome: Outcome;
  started_at: Date;
  late: boolean;
  reporter: string | null;
  metrics: Metric[];
};

/** What counts: neither retracted nor corrected, and in a cell that the reader may see. */
const RESULTS = `
SELECT c.id AS cell_id, c.test_case_id, c.variant, c.outcome AS cell_outcome, p.parties,
  r.attempt, r.outcome, r.started_at, r.late, r.entry_id AS reporter, r.metrics
FROM result r JOIN cell c ON c.id = r.cell_id
CROSS JOIN LATERAL (
  SELECT jsonb_agg(jsonb_build_object('role', x->>'role', 'entry', x->>'entry', 'build', b.label) ORDER BY at) AS parties
  FROM jsonb_array_elements(r.parties) WITH ORDINALITY AS e (x, at) LEFT JOIN build b ON b.id = (x->>'build')::uuid) p
WHERE r.track_id = $1 AND r.metrics IS NOT NULL AND r.metrics <> '[]' AND ${ONLY_OWN} AND ${STANDS}
ORDER BY r.seq DESC LIMIT ${MOST + 1}`;

/**
 * What was measured in a track, in four queries whatever its size. Who sees what is as in its matrix:
 * of a restricted track the parties' own, and of a published one what its entries agreed to.
 */
export async function loadMeasurements(
  permit: Permit<"matrix.view">,
  trackSlug: string,
): Promise<Measurements> {
  const plan = await loadPlan(permit, trackSlug);
  const { pool } = database();
  const planned = await pool.query<PlannedRow>({
    name: "measurements-planned",
    text: PLANNED,
    values: [plan.id],
  });
  const results = await pool.query<ResultRow>({
    name: "measurements",
    text: RESULTS,
    values: [plan.id, plan.only],
  });
  const { needsConsent } = sourceOf(permit, trackSlug, { plan, cells: [] });
  const source: MeasuredPlan = {
    eventSlug: permit.scope.eventSlug,
    trackSlug,
    roles: plan.roles,
    tests: plan.tests,
    entries: plan.entries,
    planned: planned.rows,
    needsConsent,
  };
  return {
    event: permit.scope.eventSlug,
    track: trackSlug,
    generatedAt: new Date().toISOString(),
    ...buildFigures(source, results.rows.slice(0, MOST).map(resultOf)),
    isCut: results.rows.length > MOST,
  };
}

const resultOf = (row: ResultRow): MeasuredResult => ({
  cellId: row.cell_id,
  testCaseId: row.test_case_id,
  variant: row.variant,
  cellOutcome: row.cell_outcome,
  parties: row.parties,
  attempt: row.attempt,
  outcome: row.outcome,
  startedAt: row.started_at.toISOString(),
  late: row.late,
  reporter: row.reporter,
  metrics: row.metrics,
});

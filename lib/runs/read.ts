import type { Permit } from "@/lib/auth/permit";
import type { Action } from "@/lib/auth/policy";
import { Refusal } from "@/lib/core/refusal";
import { database } from "@/lib/db/client";
import type { PartyInput } from "@/lib/results/schema";
import { isTruncated, missingOf, plannedItems } from "./rules";
import type { Receipt, RunInput } from "./schema";

export type RunRow = {
  key: string;
  id: string;
  reporter_id: string;
  entry_id: string | null;
  track_id: string;
  track: string;
  digest: Buffer;
  manifest: RunInput;
  state: "open" | "complete" | "aborted";
  received: number;
  accepted: number;
  duplicate: number;
  conflict: number;
  rejected: number;
  unmapped: number;
  finish: { counts: { items: number } } | null;
  last_at: Date;
};

/** Whose word an agent's runs are: its entry's, or for a neutral agent the event's. */
export function reporterOf({ actor, scope }: Permit<Action>): {
  reporterId: string;
  entryId: string | null;
  agentId: string;
} {
  if (actor.kind !== "agent") throw new Refusal("forbidden", "Only an agent pushes runs.");
  return {
    reporterId: actor.entryId ?? scope.eventId,
    entryId: actor.entryId,
    agentId: actor.agentId,
  };
}

const RUN = `
SELECT r.key, r.id, r.reporter_id, r.entry_id, r.track_id, t.slug AS track, r.digest, r.manifest, r.state,
  r.received, r.accepted, r.duplicate, r.conflict, r.rejected, r.unmapped, r.finish, coalesce(r.last_at, r.received_at) AS last_at
FROM run r JOIN track t ON t.id = r.track_id
WHERE r.reporter_id = $1 AND r.id = $2 AND r.event_id = $3`;

/** One's own run, or null: a run of another reporter does not exist for this one. */
export async function findRun(permit: Permit<Action>, runId: string): Promise<RunRow | null> {
  const { reporterId } = reporterOf(permit);
  const { rows } = await database().pool.query<RunRow>({
    name: "run",
    text: RUN,
    values: [reporterId, runId, permit.scope.eventId],
  });
  return rows[0] ?? null;
}

export async function loadRun(permit: Permit<Action>, runId: string): Promise<RunRow> {
  const run = await findRun(permit, runId);
  if (!run) {
    throw new Refusal("not_found", `No run ${runId} of yours. Declare it first, with PUT.`);
  }
  return run;
}

export const defaultParties = (run: RunRow): readonly PartyInput[] => run.manifest.parties ?? [];

/** What has arrived of a run, and what has not. */
export async function loadReceipt(
  permit: Permit<"run.view" | "run.finish">,
  runId: string,
  now = new Date(),
): Promise<Receipt> {
  const run = await loadRun(permit, runId);
  const planned = plannedItems(run.manifest.plan);
  const { rows } = await database().pool.query<{ test: string }>({
    name: "run-tests",
    text: `SELECT DISTINCT r.test FROM result r WHERE r.run_key = $1`,
    values: [run.key],
  });
  return {
    run: run.id,
    state: run.state,
    received: run.received,
    accepted: run.accepted,
    duplicate: run.duplicate,
    conflict: run.conflict,
    rejected: run.rejected,
    unmapped: run.unmapped,
    missing: missingOf({
      planned: run.manifest.plan?.tests ?? [],
      arrived: rows.map(({ test }) => test),
      held: run.finish?.counts.items,
      accepted: run.accepted,
    }),
    evidencePending: await listEvidencePending(run, permit.scope.eventId),
    planned,
    truncated: isTruncated({ ...run, planned, lastAt: run.last_at }, now),
  };
}

/** Files that the run's results name or that it has declared, and whose bytes have not arrived. */
async function listEvidencePending(run: RunRow, eventId: string): Promise<string[]> {
  const { rows } = await database().pool.query<{ sha256: string }>({
    name: "run-evidence",
    text: `SELECT e.sha256 FROM (
             SELECT e->>'sha256' AS sha256 FROM result r, jsonb_array_elements(r.evidence) e
             WHERE r.run_key = $1 AND r.evidence IS NOT NULL
             UNION SELECT encode(sha256, 'hex') FROM evidence_claim WHERE run_key = $1) e
           WHERE NOT EXISTS (SELECT FROM evidence_claim k WHERE k.sha256 = decode(e.sha256, 'hex')
             AND k.event_id = $2 AND k.reporter_id = $3 AND k.state = 'arrived')
           ORDER BY 1`,
    values: [run.key, eventId, run.reporter_id],
  });
  return rows.map(({ sha256 }) => sha256);
}

/** How many runs the event has been given. */
export async function countRuns(permit: Permit<Action>): Promise<number> {
  const { rows } = await database().pool.query<{ runs: number }>(
    "SELECT count(*)::int AS runs FROM run WHERE event_id = $1 AND state <> 'open'",
    [permit.scope.eventId],
  );
  return rows[0]?.runs ?? 0;
}

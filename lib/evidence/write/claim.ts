import type pg from "pg";
import type { Permit } from "@/lib/auth/permit";
import { Refusal } from "@/lib/core/refusal";
import { database } from "@/lib/db/client";
import { CHANNEL } from "@/lib/live/channel";
import { loadRun, type RunRow, reporterOf } from "@/lib/runs/read";
import type { Upload } from "@/lib/storage/contract";
import type { EvidenceKind } from "../schema";

export type Claim = {
  run: RunRow;
  sha256: string;
  size: number;
  kind: EvidenceKind;
  name: string;
  state: "pending" | "arrived";
};
export type ClaimId = { runId: string; sha256: string };

const CLAIM = `
SELECT size, kind, name, state FROM evidence_claim WHERE run_key = $1 AND sha256 = decode($2, 'hex')`;

/** What one's own run has declared; `not_found` for all else. */
export async function loadClaim(
  permit: Permit<"evidence.push">,
  { runId, sha256 }: ClaimId,
): Promise<Claim> {
  const run = await loadRun(permit, runId);
  const { rows } = await database().pool.query<Omit<Claim, "run" | "sha256">>({
    name: "evidence-claim",
    text: CLAIM,
    values: [run.key, sha256],
  });
  const [row] = rows;
  if (row) return { run, sha256, ...row };
  throw new Refusal("not_found", "This run has declared no such file: declare it first.");
}

/** Bytes are met by their run, not by their hash alone: what others have sent is of no use to this one. */
export const uploadOf = ({ run, sha256, size }: Claim): Upload => ({
  id: `${run.key}-${sha256}`,
  sha256,
  size,
});

const NOTE = `
WITH logged AS (INSERT INTO event_log (event_id, track_id, kind, subject, detail)
  SELECT $1::uuid, $2::uuid, 'evidence', $3::text, $4::jsonb WHERE $5::bool)
INSERT INTO audit (event_id, action, agent_id, subject, detail) VALUES ($1::uuid, 'evidence.push', $6::uuid, $3::text, $4::jsonb)`;

/** Who declared or sent what; who looks at the track is told when bytes have arrived. */
export async function note(tx: pg.PoolClient, permit: Permit<"evidence.push">, claim: Claim) {
  const { run, sha256, name, size, state } = claim;
  await tx.query(NOTE, [
    permit.scope.eventId,
    run.track_id,
    sha256,
    JSON.stringify({ run: run.id, name, size, state }),
    state === "arrived",
    reporterOf(permit).agentId,
  ]);
  if (state === "arrived") await tx.query("SELECT pg_notify($1, $2)", [CHANNEL, run.track_id]);
}

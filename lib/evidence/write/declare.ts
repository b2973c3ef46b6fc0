import type pg from "pg";
import type { Permit } from "@/lib/auth/permit";
import { Refusal } from "@/lib/core/refusal";
import { transaction } from "@/lib/db/transaction";
import { loadRun } from "@/lib/runs/read";
import { storage } from "@/lib/storage/storage";
import { overLimit } from "../rules";
import type { Declaration, DeclarationReply, UploadOffer } from "../schema";
import { type Claim, note, uploadOf } from "./claim";

// One row for each; `held` is whether this reporter has sent these bytes to this event before.
const KNOWN = `
SELECT coalesce((SELECT sum(size) FROM evidence_claim WHERE run_key = $1 AND sha256 <> decode($2, 'hex')), 0)::float8 AS others,
  (SELECT size FROM evidence_claim WHERE sha256 = decode($2, 'hex') AND event_id = $3 AND reporter_id = $4 AND state = 'arrived' LIMIT 1) AS held`;

const CLAIM = `
INSERT INTO evidence_claim (run_key, sha256, event_id, reporter_id, size, kind, name, state, arrived_at)
VALUES ($1, decode($2, 'hex'), $3, $4, $5, $6, $7, $8, CASE WHEN $8 = 'arrived' THEN now() END)
ON CONFLICT (run_key, sha256) DO UPDATE SET size = excluded.size, kind = excluded.kind, name = excluded.name, state = excluded.state, arrived_at = excluded.arrived_at
WHERE evidence_claim.state = 'pending'
RETURNING xmax = 0 AS is_new`;

/**
 * Says that a run has a file. The bytes are asked for unless the same reporter has sent them to this
 * event before: that somebody else has, nobody learns. Said again, it tells how many have arrived.
 */
export async function declareEvidence(
  permit: Permit<"evidence.push">,
  declared: Declaration,
): Promise<DeclarationReply> {
  const run = await loadRun(permit, declared.run);
  const { sha256, size, kind, name } = declared;
  const claim = await transaction(async (tx): Promise<Claim> => {
    // What a run has declared is counted by one at a time.
    await tx.query("SELECT FROM run WHERE key = $1 FOR NO KEY UPDATE", [run.key]);
    const isHeld = await judge(tx, permit, {
      ...declared,
      runKey: run.key,
      reporterId: run.reporter_id,
    });
    const state = isHeld ? "arrived" : "pending";
    const { rows } = await tx.query<{ is_new: boolean }>(CLAIM, [
      run.key,
      sha256,
      permit.scope.eventId,
      run.reporter_id,
      size,
      kind,
      name,
      state,
    ]);
    const claim: Claim = { run, sha256, size, kind, name, state };
    const [changed] = rows;
    if (changed?.is_new || (changed && isHeld)) await note(tx, permit, claim);
    return claim;
  });
  return { sha256, upload: claim.state === "arrived" ? null : await offer(permit, claim) };
}

type Asked = Declaration & { runKey: string; reporterId: string };

/** Whether the bytes are known of this reporter. Refuses what is too much, or not the file that came. */
async function judge(
  tx: pg.PoolClient,
  permit: Permit<"evidence.push">,
  { runKey, reporterId, sha256, size }: Asked,
): Promise<boolean> {
  const { rows } = await tx.query<{ others: number; held: number | null }>(KNOWN, [
    runKey,
    sha256,
    permit.scope.eventId,
    reporterId,
  ]);
  const { others = 0, held = null } = rows[0] ?? {};
  const tooMuch = overLimit(size, others);
  if (tooMuch !== null) {
    throw new Refusal("too_large", tooMuch, [
      { pointer: "/size", code: "too_large", message: tooMuch },
    ]);
  }
  if (held !== null && held !== size) {
    const message = `The file of this SHA-256 that you sent before has ${held} bytes, not ${size}.`;
    throw new Refusal("invalid", message, [{ pointer: "/size", code: "wrong_size", message }]);
  }
  return held !== null;
}

async function offer(permit: Permit<"evidence.push">, claim: Claim): Promise<UploadOffer> {
  const own = `/api/v1/events/${permit.scope.eventSlug}/runs/${claim.run.id}/evidence/${claim.sha256}`;
  const made = await (await storage()).offer(uploadOf(claim));
  if (made.kind === "elsewhere") {
    return { method: "PUT", url: made.url, headers: made.headers, offset: 0, complete: own };
  }
  const headers = {
    "content-type": "application/octet-stream",
    "upload-offset": String(made.offset),
  };
  return { method: "PUT", url: own, headers, offset: made.offset, complete: null };
}

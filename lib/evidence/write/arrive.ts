import { createHash } from "node:crypto";
import type { Permit } from "@/lib/auth/permit";
import { Refusal } from "@/lib/core/refusal";
import { transaction } from "@/lib/db/transaction";
import { Sniffer } from "@/lib/protocols/files/kinds";
import type { Judge } from "@/lib/storage/contract";
import { storage } from "@/lib/storage/storage";
import { kindStored } from "../rules";
import type { Arrival, EvidenceKind } from "../schema";
import { type Claim, type ClaimId, loadClaim, note, uploadOf } from "./claim";

/**
 * Takes bytes of a declared file from `offset` on: all of the rest, or a part. With the last byte the
 * whole is hashed again and looked into; what is not what was declared is thrown away.
 */
export async function receiveEvidence(
  permit: Permit<"evidence.push">,
  id: ClaimId,
  { offset, chunks }: { offset: number; chunks: AsyncIterable<Uint8Array> },
): Promise<Arrival> {
  const claim = await loadClaim(permit, id);
  if (claim.state === "arrived") return arrived(claim);
  const { take } = await storage();
  if (take === null) {
    throw new Refusal(
      "conflict",
      "The bytes go to the address that the declaration answered with.",
    );
  }
  const here = await take(uploadOf(claim), offset, chunks);
  if (here < claim.size) return { sha256: claim.sha256, state: "pending", offset: here };
  return settle(permit, claim);
}

/** The same look at a file whose bytes went elsewhere, once they are there. */
export async function completeEvidence(
  permit: Permit<"evidence.push">,
  id: ClaimId,
): Promise<Arrival> {
  const claim = await loadClaim(permit, id);
  return claim.state === "arrived" ? arrived(claim) : settle(permit, claim);
}

const arrived = ({ sha256, size }: Claim): Arrival => ({ sha256, state: "arrived", offset: size });

async function settle(permit: Permit<"evidence.push">, claim: Claim): Promise<Arrival> {
  const { judge, kind } = judgeOf(claim);
  const isThere = await (await storage()).keep(uploadOf(claim), judge);
  // Two connections may bring the last byte at once: then one of them finds it done.
  if (!isThere) return refuseAbsent(permit, claim);
  await transaction(async (tx) => {
    await tx.query(
      "INSERT INTO evidence (sha256, size, kind) VALUES (decode($1, 'hex'), $2, $3) ON CONFLICT DO NOTHING",
      [claim.sha256, claim.size, kind()],
    );
    const { rowCount } = await tx.query(
      "UPDATE evidence_claim SET state = 'arrived', arrived_at = now() WHERE run_key = $1 AND sha256 = decode($2, 'hex') AND state = 'pending'",
      [claim.run.key, claim.sha256],
    );
    if (rowCount) await note(tx, permit, { ...claim, state: "arrived" });
  });
  return arrived(claim);
}

async function refuseAbsent(permit: Permit<"evidence.push">, claim: Claim): Promise<Arrival> {
  const now = await loadClaim(permit, { runId: claim.run.id, sha256: claim.sha256 });
  if (now.state === "arrived") return arrived(now);
  throw new Refusal("conflict", "No bytes have arrived yet: declare the file again, then send it.");
}

/** Size, hash and kind of the bytes themselves, against what was declared. */
function judgeOf(claim: Claim): { judge: Judge; kind: () => EvidenceKind } {
  const hash = createHash("sha256");
  const sniffer = new Sniffer();
  let size = 0;
  let stored: EvidenceKind | null = null;
  const judge: Judge = {
    add(chunk) {
      size += chunk.length;
      hash.update(chunk);
      sniffer.add(chunk);
    },
    decide() {
      if (size !== claim.size) {
        throw unlike(
          "/size",
          "wrong_size",
          `${size} bytes arrived, and ${claim.size} were declared.`,
        );
      }
      const found = hash.digest("hex");
      if (found !== claim.sha256) {
        throw unlike("/sha256", "wrong_hash", `The bytes that arrived have the SHA-256 ${found}.`);
      }
      stored = kindStored(claim.kind, sniffer.kinds);
      if (stored === null) throw wrongKind(claim, sniffer.kinds);
    },
  };
  return { judge, kind: () => stored ?? claim.kind };
}

const unlike = (pointer: string, code: string, what: string) =>
  new Refusal("invalid", `${what} Nothing was kept; declare the file and send it again.`, [
    { pointer, code, message: what },
  ]);

function wrongKind({ name, kind }: Claim, seen: readonly EvidenceKind[]): Refusal {
  const looks =
    seen.length === 0
      ? "none of the kinds that are kept"
      : `one of these by its bytes: ${seen.join(", ")}`;
  const message = `'${name}' was declared as ${kind}, and is ${looks}.`;
  return new Refusal("unsupported_media", `${message} Nothing was kept.`, [
    { pointer: "/kind", code: "wrong_kind", message },
  ]);
}

import type { Permit } from "@/lib/auth/permit";
import { Refusal } from "@/lib/core/refusal";
import { audit } from "@/lib/db/audit";
import { transaction } from "@/lib/db/transaction";
import { holdTrack } from "./hold";

/** Expects nothing of the track any longer. */
export function dropBaseline(permit: Permit<"baseline.set">): Promise<void> {
  return transaction(async (tx) => {
    const { trackId } = await holdTrack(tx, permit);
    const { rowCount } = await tx.query("DELETE FROM baseline WHERE track_id = $1", [trackId]);
    if (rowCount === 0) {
      throw new Refusal("conflict", "This track has no baseline any longer: somebody dropped it.");
    }
    await audit(tx, permit, { subject: trackId, detail: { did: "drop" } });
  });
}

import type { Permit } from "@/lib/auth/permit";
import { Refusal } from "@/lib/core/refusal";
import { transaction } from "@/lib/db/transaction";
import { auditView, holdViews, refuseTaken, requireView } from "./hold";

/** Gives one's own view to everybody who sees the track: from then on it is the event's. */
export function shareView(permit: Permit<"savedView.share">, viewId: string): Promise<void> {
  return transaction(async (tx) => {
    await holdViews(tx, permit);
    const { name, owner } = await requireView(tx, permit, viewId);
    if (owner === null) throw new Refusal("conflict", "This view is for everybody already.");
    const trackId = permit.scope.trackId ?? "";
    await refuseTaken(tx, permit, { trackId, owner: null, name, viewId });
    await tx.query("UPDATE saved_view SET person_id = NULL WHERE id = $1", [viewId]);
    await auditView(tx, permit, { subject: viewId, deed: { did: "share", name, isShared: true } });
  });
}

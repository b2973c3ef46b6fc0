import type { Permit } from "@/lib/auth/permit";
import { transaction } from "@/lib/db/transaction";
import { auditView, holdViews, requireView } from "./hold";

export function removeView(permit: Permit<"savedView.keep">, viewId: string): Promise<void> {
  return transaction(async (tx) => {
    await holdViews(tx, permit);
    const { name, owner } = await requireView(tx, permit, viewId);
    await tx.query("DELETE FROM saved_view WHERE id = $1", [viewId]);
    const deed = { did: "remove", name, isShared: owner === null } as const;
    await auditView(tx, permit, { subject: viewId, deed });
  });
}

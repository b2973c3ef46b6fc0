import type { Permit } from "@/lib/auth/permit";
import { transaction } from "@/lib/db/transaction";
import { nameKeyOf } from "../rules";
import { auditView, holdViews, refuseTaken, requireView } from "./hold";

export function renameView(
  permit: Permit<"savedView.keep">,
  viewId: string,
  name: string,
): Promise<void> {
  return transaction(async (tx) => {
    await holdViews(tx, permit);
    const { owner } = await requireView(tx, permit, viewId);
    const trackId = permit.scope.trackId ?? "";
    await refuseTaken(tx, permit, { trackId, owner, name, viewId });
    await tx.query("UPDATE saved_view SET name = $2, name_key = $3 WHERE id = $1", [
      viewId,
      name,
      nameKeyOf(name),
    ]);
    const deed = { did: "rename", name, isShared: owner === null } as const;
    await auditView(tx, permit, { subject: viewId, deed });
  });
}

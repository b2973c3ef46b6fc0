import type { Permit } from "@/lib/auth/permit";
import { auditOf } from "@/lib/db/audit";
import { db } from "@/lib/db/client";

/** Sets how long one side's word may wait before it counts as stalled. */
export async function setStalledHours(
  permit: Permit<"track.lead">,
  stalledHours: number,
): Promise<void> {
  const { trackId = "" } = permit.scope;
  await db.$transaction(async (tx) => {
    await tx.track.update({ where: { id: trackId }, data: { stalledHours } });
    await tx.audit.create({
      data: auditOf(permit, { subject: trackId, detail: { stalledHours } }),
    });
  });
}

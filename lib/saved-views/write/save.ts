import { randomUUID } from "node:crypto";
import { type Permit, personIdOf } from "@/lib/auth/permit";
import { transaction } from "@/lib/db/transaction";
import { nameKeyOf } from "../rules";
import type { NewView } from "../schema";
import { auditView, holdViews, refuseTaken, requireTrack, type ViewPermit } from "./hold";

/** Keeps a view for oneself; resolves to its id. */
export const saveView = (permit: Permit<"savedView.keep">, view: NewView) =>
  keepView(permit, view, personIdOf(permit));

/** Keeps a view for everybody who sees the track. */
export const saveForAll = (permit: Permit<"savedView.share">, view: NewView) =>
  keepView(permit, view, null);

function keepView(
  permit: ViewPermit,
  { name, query }: NewView,
  owner: string | null,
): Promise<{ id: string; query: string }> {
  return transaction(async (tx) => {
    await holdViews(tx, permit);
    const trackId = await requireTrack(tx, permit);
    await refuseTaken(tx, permit, { trackId, owner, name, viewId: null });
    const id = randomUUID();
    await tx.query(
      `INSERT INTO saved_view (id, event_id, track_id, person_id, name, name_key, query, created_by)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [
        ...[id, permit.scope.eventId, trackId, owner],
        ...[name, nameKeyOf(name), query, personIdOf(permit)],
      ],
    );
    const deed = { did: "save", name, isShared: owner === null } as const;
    await auditView(tx, permit, { subject: id, deed });
    return { id, query };
  });
}

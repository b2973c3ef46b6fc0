import type { Permit } from "@/lib/auth/permit";
import { tellOfTrack } from "@/lib/db/tell";
import { transaction } from "@/lib/db/transaction";
import { holdCell } from "./hold";

/** Puts a remark on a cell, "passes only with ...", in the place of the one before; an empty one takes it away. */
export function annotateCell(
  permit: Permit<"cell.annotate">,
  cellId: string,
  note: string,
): Promise<void> {
  return transaction(async (tx) => {
    const { trackId, personId } = await holdCell(tx, permit, cellId);
    if (note === "") await tx.query("DELETE FROM cell_note WHERE cell_id = $1", [cellId]);
    else {
      await tx.query(
        `INSERT INTO cell_note (cell_id, track_id, text, person_id, updated_at) VALUES ($1, $2, $3, $4, now())
         ON CONFLICT (cell_id) DO UPDATE SET text = excluded.text, person_id = excluded.person_id, updated_at = excluded.updated_at`,
        [cellId, trackId, note, personId],
      );
    }
    await tellOfTrack(tx, permit, { subject: cellId, trackId, kind: "note", detail: { note } });
  });
}

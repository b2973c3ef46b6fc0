import type { Permit } from "@/lib/auth/permit";
import { Refusal } from "@/lib/core/refusal";
import { audit } from "@/lib/db/audit";
import { transaction } from "@/lib/db/transaction";
import type { Expected } from "../schema";
import { holdTrack } from "./hold";

const BASELINE = `
INSERT INTO baseline (track_id, person_id, set_at) VALUES ($1, $2, now())
ON CONFLICT (track_id) DO UPDATE SET person_id = excluded.person_id, set_at = excluded.set_at`;

/** Expects an outcome of one cell, in the place of what was expected of it; an empty one expects nothing. */
export function expectOfCell(
  permit: Permit<"baseline.set">,
  cellId: string,
  expected: Expected,
): Promise<void> {
  return transaction(async (tx) => {
    const { trackId, personId } = await holdTrack(tx, permit);
    const { rowCount } = await tx.query("SELECT FROM cell WHERE id = $1 AND track_id = $2", [
      cellId,
      trackId,
    ]);
    if (rowCount === 0) throw new Refusal("not_found", "There is no such cell.");
    await tx.query(BASELINE, [trackId, personId]);
    if (expected === "") await tx.query("DELETE FROM expectation WHERE cell_id = $1", [cellId]);
    else {
      await tx.query(
        `INSERT INTO expectation (cell_id, track_id, outcome) VALUES ($1, $2, $3)
         ON CONFLICT (cell_id) DO UPDATE SET outcome = excluded.outcome`,
        [cellId, trackId, expected],
      );
    }
    await audit(tx, permit, { subject: cellId, detail: { did: "expect", expected } });
  });
}

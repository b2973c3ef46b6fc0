import type { Permit } from "@/lib/auth/permit";
import { Refusal } from "@/lib/core/refusal";
import { audit } from "@/lib/db/audit";
import { transaction } from "@/lib/db/transaction";
import { cellsThen } from "@/lib/matrices/read/source";
import { holdTrack } from "./hold";

/** No row for a position that is still to come: what will stand there nobody knows. */
const TAKE = `
INSERT INTO baseline (track_id, position, person_id, set_at)
SELECT $1, $2::xid8, $3, now() WHERE $2::xid8 <= pg_snapshot_xmin(pg_current_snapshot())
ON CONFLICT (track_id) DO UPDATE SET position = excluded.position, person_id = excluded.person_id, set_at = excluded.set_at`;

/** A dispute is no expectation, nor is what was only planned. */
const EXPECT = `
INSERT INTO expectation (cell_id, track_id, outcome)
SELECT c.id, c.track_id, c.outcome FROM ${cellsThen("$2")}
WHERE c.outcome IS NOT NULL AND c.state IN ('reported', 'confirmed', 'settled')`;

/**
 * Expects of a track what stood in its matrix at a position, in the place of all that was expected
 * before. Resolves to the number of cells that are expected.
 */
export function takeBaseline(permit: Permit<"baseline.set">, position: string): Promise<number> {
  return transaction(async (tx) => {
    const { trackId, personId } = await holdTrack(tx, permit);
    const taken = await tx.query(TAKE, [trackId, position, personId]);
    if (taken.rowCount === 0) {
      const message = "This moment is still to come: take one that an answer gave.";
      throw new Refusal("invalid", message, [{ pointer: "/position", code: "future", message }]);
    }
    await tx.query("DELETE FROM expectation WHERE track_id = $1", [trackId]);
    const { rowCount } = await tx.query(EXPECT, [trackId, position]);
    const cells = rowCount ?? 0;
    if (cells === 0) {
      const message =
        "Nothing stood in the matrix then that could be expected: take a later moment.";
      throw new Refusal("conflict", message);
    }
    await audit(tx, permit, { subject: trackId, detail: { did: "take", position, cells } });
    return cells;
  });
}

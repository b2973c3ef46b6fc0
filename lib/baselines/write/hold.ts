import type pg from "pg";
import type { Permit } from "@/lib/auth/permit";
import { lockEvent, refuseOutOfPhase } from "@/lib/cells/write/lock";
import { Refusal } from "@/lib/core/refusal";

type Setting = Permit<"baseline.set">;

/** The track's baseline is this person's to change, one writer at a time, in the phase that it is now. */
export async function holdTrack(
  tx: pg.PoolClient,
  permit: Setting,
): Promise<{ trackId: string; personId: string }> {
  const { actor, scope } = permit;
  if (actor.kind !== "person") throw new Refusal("forbidden", "Only a person does this.");
  const { eventId, trackId } = scope;
  const event = await lockEvent(tx, eventId, false);
  refuseOutOfPhase(permit, event.phase);
  const { rowCount } = await tx.query("SELECT FROM track WHERE id = $1 FOR NO KEY UPDATE", [
    trackId,
  ]);
  if (trackId === undefined || rowCount === 0) {
    throw new Refusal("not_found", "There is no such track in this event.");
  }
  return { trackId, personId: actor.personId };
}

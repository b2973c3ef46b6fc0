import type pg from "pg";
import type { Permit } from "@/lib/auth/permit";
import type { Action } from "@/lib/auth/policy";
import { type CellRow, lockCells } from "@/lib/cells/write/fold";
import { lockEvent, refuseOutOfPhase } from "@/lib/cells/write/lock";
import { Refusal } from "@/lib/core/refusal";
import { loadDirectory } from "@/lib/results/read/directory";
import type { Directory } from "@/lib/results/rules";

export type HeldCell = {
  tx: pg.PoolClient;
  cell: CellRow;
  directory: Directory;
  eventId: string;
  trackId: string;
  personId: string;
};

/**
 * A cell of the permit's track, while nobody else can change it. The permit was for the phase of a
 * moment ago; the phase that counts is that of now. Results of the event keep coming meanwhile.
 */
export async function holdCell<A extends Action>(
  tx: pg.PoolClient,
  permit: Permit<A>,
  cellId: string,
): Promise<HeldCell> {
  const { actor, scope } = permit;
  if (actor.kind !== "person") throw new Refusal("forbidden", "Only a person does this.");
  const event = await lockEvent(tx, scope.eventId, false);
  refuseOutOfPhase(permit, event.phase);
  const directory = await loadDirectory(scope.eventId, event.catalogueVersion);
  const [cell] = await lockCells(tx, [cellId]);
  const trackId = scope.trackId ?? "";
  if (cell?.track_id !== trackId) throw new Refusal("not_found", "There is no such cell.");
  return { tx, cell, directory, eventId: scope.eventId, trackId, personId: actor.personId };
}

import type pg from "pg";
import type { Permit } from "@/lib/auth/permit";
import type { Action } from "@/lib/auth/policy";
import { type CellRow, lockCells } from "@/lib/cells/write/fold";
import { lockEvent, refuseOutOfPhase } from "@/lib/cells/write/lock";
import { Refusal } from "@/lib/core/refusal";
import { auditOf } from "@/lib/db/audit";
import type { Prisma } from "@/lib/db/generated/client";
import { CHANNEL } from "@/lib/live/channel";
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

const TELL = `
WITH audited AS (
  INSERT INTO audit (event_id, action, person_id, agent_id, subject, detail) VALUES ($1, $2, $3, $4, $5, $6)
), logged AS (
  INSERT INTO event_log (event_id, track_id, kind, subject, detail) VALUES ($1, $7, $8, $5, $6)
)
SELECT pg_notify('${CHANNEL}', $7::text)`;

/** Writes down what was said of the cell and by whom, and wakes those who look at its track. */
export async function tellOfCell<A extends Action>(
  tx: pg.PoolClient,
  permit: Permit<A>,
  {
    cellId,
    trackId,
    kind,
    detail,
  }: {
    cellId: string;
    trackId: string;
    kind: "ruling" | "note" | "nudge";
    detail: Prisma.InputJsonObject;
  },
) {
  const audit = auditOf(permit, { subject: cellId, detail });
  await tx.query(TELL, [
    audit.eventId,
    audit.action,
    audit.personId,
    audit.agentId,
    audit.subject,
    audit.detail,
    trackId,
    kind,
  ]);
}

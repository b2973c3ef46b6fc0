import type pg from "pg";
import type { Permit } from "@/lib/auth/permit";
import { type CellRow, foldCells } from "@/lib/cells/write/fold";
import { keepCells } from "@/lib/cells/write/keep";
import { Refusal } from "@/lib/core/refusal";
import { tellOfTrack } from "@/lib/db/tell";
import { transaction } from "@/lib/db/transaction";
import type { Directory } from "@/lib/results/rules";
import { isOwn } from "../read/own";
import { refusalToSettle, refusalToTakeBack } from "../rules";
import type { RulingInput } from "../schema";
import { type HeldCell, holdCell } from "./hold";

/**
 * Settles a disputed cell: the ruling, the cell that shows it, the log and the audit trail, in one
 * transaction. The results stay as they are. A later ruling takes the place of an earlier one.
 */
export function settleCell(
  permit: Permit<"ruling.make">,
  cellId: string,
  ruling: RulingInput,
): Promise<void> {
  return transaction(async (tx) => {
    const held = await holdCell(tx, permit, cellId);
    const [folded] = await foldOne(tx, held.directory, held.cell);
    if (!folded) throw new Error(`Cell ${cellId} was not folded.`);
    const { view, attempts } = folded;
    const refusal = refusalToSettle(
      { state: view.state, attempts, isOwn: await isOwn(tx, held.personId, entriesOf(held.cell)) },
      ruling.attempts,
    );
    if (refusal) throw refusal;
    const rulingId = await insertRuling(held, {
      outcome: ruling.outcome,
      cause: ruling.cause,
      atFault: idsOf(held, ruling.atFault),
      reason: ruling.reason,
      builds: view.builds,
    });
    await putInForce(held, { id: rulingId, ...ruling, builds: view.builds });
    const { outcome, cause, atFault, reason } = ruling;
    const detail = { ruling: rulingId, outcome, cause, atFault, reason };
    await tellOfTrack(tx, permit, {
      subject: cellId,
      trackId: held.trackId,
      kind: "ruling",
      detail,
    });
  });
}

/** Takes the ruling in force back: the cell shows what its results say. The ruling stays listed. */
export function takeBackRuling(
  permit: Permit<"ruling.make">,
  cellId: string,
  reason: string,
): Promise<void> {
  return transaction(async (tx) => {
    const held = await holdCell(tx, permit, cellId);
    const refusal = refusalToTakeBack({
      isOwn: await isOwn(tx, held.personId, entriesOf(held.cell)),
      isRuled: held.cell.ruling !== null,
    });
    if (refusal) throw refusal;
    const builds = held.cell.ruling?.builds ?? "";
    await insertRuling(held, {
      outcome: null,
      cause: "unknown",
      atFault: [],
      reason,
      builds,
    });
    await putInForce(held, null);
    const detail = { outcome: null, reason };
    await tellOfTrack(tx, permit, {
      subject: cellId,
      trackId: held.trackId,
      kind: "ruling",
      detail,
    });
  });
}

const entriesOf = ({ parties }: CellRow) => parties.map(({ entry }) => entry);

const foldOne = (tx: pg.PoolClient, directory: Directory, cell: CellRow) =>
  foldCells(tx, directory, { cells: [cell], heard: new Map(), anew: new Set() });

/** Only a party can be at fault. */
function idsOf({ cell, directory }: HeldCell, slugs: readonly string[]): string[] {
  return slugs.map((slug) => {
    const id = directory.entries.get(slug)?.id;
    if (id !== undefined && entriesOf(cell).includes(id)) return id;
    const message = `'${slug}' is none of the parties: choose one of them.`;
    throw new Refusal("invalid", message, [
      { pointer: "/ruling/atFault", code: "no_party", message },
    ]);
  });
}

type NewRuling = {
  outcome: string | null;
  cause: string;
  atFault: readonly string[];
  reason: string;
  builds: string;
};

async function insertRuling(
  { tx, cell, eventId, trackId, personId }: HeldCell,
  { outcome, cause, atFault, reason, builds }: NewRuling,
): Promise<string> {
  // The moment of the writing, not of the transaction's begin: it may have waited for another ruling.
  const { rows } = await tx.query<{ id: string }>(
    `INSERT INTO ruling (id, event_id, track_id, cell_id, person_id, outcome, cause, at_fault, reason, builds, created_at)
     VALUES (gen_random_uuid(), $1, $2, $3, $4, $5, $6, $7, $8, $9, clock_timestamp()) RETURNING id`,
    [eventId, trackId, cell.id, personId, outcome, cause, atFault, reason, builds],
  );
  return rows[0]?.id ?? "";
}

type InForce = { id: string; outcome: RulingInput["outcome"]; builds: string };

/** The cell under another ruling, or none: folded and kept as every write of results does it. */
async function putInForce(
  { tx, cell, directory, eventId, trackId }: HeldCell,
  ruling: InForce | null,
) {
  await tx.query("UPDATE cell SET ruling_id = $2 WHERE id = $1", [cell.id, ruling?.id ?? null]);
  const folded = await foldOne(tx, directory, { ...cell, ruling });
  await keepCells(tx, { eventId, trackId }, folded);
}

import type { Permit } from "@/lib/auth/permit";
import { keepKnown, lockForKnown } from "@/lib/cells/write/known";
import { Refusal } from "@/lib/core/refusal";
import { CELL_SEEN, cellEyesOf } from "../read/seen";
import { editIssue, type HeldIssue } from "./hold";
import { refuseMore, requireRow } from "./limits";

/** Puts a cell to an issue: one of the issue's track, whose it becomes where it has none. */
export const addCell = (
  permit: Permit<"issue.edit">,
  number: number,
  cellId: string,
): Promise<void> =>
  editIssue(permit, number, async (issue) => {
    refuseMore(issue.cellIds.length, "cells");
    const { tx, id } = issue;
    const trackId = await findTrack(permit, issue, cellId);
    await lockForKnown(tx, [cellId]);
    await tx.query(
      "INSERT INTO issue_cell (issue_id, cell_id) VALUES ($1, $2) ON CONFLICT DO NOTHING",
      [id, cellId],
    );
    await tx.query("UPDATE issue SET track_id = $2 WHERE id = $1", [id, trackId]);
    await keepKnown(tx, [cellId]);
    return { did: "addCell", detail: { cell: cellId } };
  });

/** Takes a cell off an issue; the issue stays in its track. */
export const removeCell = (
  permit: Permit<"issue.edit">,
  number: number,
  cellId: string,
): Promise<void> =>
  editIssue(permit, number, async ({ tx, id }) => {
    await lockForKnown(tx, [cellId]);
    const { rows } = await tx.query<{ cell: string }>(
      "DELETE FROM issue_cell WHERE issue_id = $1 AND cell_id = $2 RETURNING cell_id AS cell",
      [id, cellId],
    );
    const detail = { ...requireRow(rows[0], "cell") };
    await keepKnown(tx, [cellId]);
    return { did: "removeCell", detail };
  });

async function findTrack(
  permit: Permit<"issue.edit">,
  { tx, trackId }: HeldIssue,
  cellId: string,
): Promise<string> {
  const { rows } = await tx.query<{ track_id: string; title: string }>(
    `SELECT c.track_id, ct.title FROM cell c JOIN track ct ON ct.id = c.track_id
     WHERE c.id = $5 AND c.event_id = $1 AND ${CELL_SEEN}`,
    [...cellEyesOf(permit), cellId],
  );
  const [cell] = rows;
  const fault = (code: "not_found" | "conflict", message: string) =>
    new Refusal(code, message, [{ pointer: "/cell", code, message }]);
  if (!cell) throw fault("not_found", "There is no such cell in this event.");
  if (trackId !== null && cell.track_id !== trackId) {
    throw fault(
      "conflict",
      `That cell is of the track ${cell.title}. Raise an issue of its own for it.`,
    );
  }
  return cell.track_id;
}

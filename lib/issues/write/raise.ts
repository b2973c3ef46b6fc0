import type pg from "pg";
import type { Permit } from "@/lib/auth/permit";
import { lockEvent, refuseOutOfPhase } from "@/lib/cells/write/lock";
import { Refusal } from "@/lib/core/refusal";
import { transaction } from "@/lib/db/transaction";
import { CELL_SEEN, cellEyesOf } from "../read/seen";
import type { IssueInput } from "../schema";
import { insertCredits } from "./credits";
import { tellOfIssue } from "./hold";
import { insertIssue } from "./insert";
import { findPlace, findTarget, type Place } from "./target";

/**
 * Raises an issue, alone or from a cell, whose track it gets. Sent again under its id it is raised once;
 * other content under that id is a `conflict`.
 */
export function raiseIssue(
  permit: Permit<"issue.raise">,
  said: IssueInput,
): Promise<{ number: number }> {
  return transaction(async (tx) => {
    const { actor, scope } = permit;
    if (actor.kind !== "person") throw new Refusal("forbidden", "Only a person raises an issue.");
    const event = await lockEvent(tx, scope.eventId, false);
    refuseOutOfPhase(permit, event.phase);
    await lockNumbers(tx, scope.eventId);
    const before = await findBefore(tx, said, { eventId: scope.eventId, personId: actor.personId });
    if (before !== null) return { number: before };
    const place =
      said.cell === undefined
        ? await findPlace(tx, scope.eventId, said.track)
        : await placeOfCell(tx, permit, said.cell);
    const number = await insertIssue(tx, {
      ...said,
      ...place,
      ...(await findTarget(tx, scope.eventId, said.target)),
      eventId: scope.eventId,
      reporterId: actor.personId,
      state: "open",
      source: "",
    });
    if (said.cell !== undefined) {
      await tx.query("INSERT INTO issue_cell (issue_id, cell_id) VALUES ($1, $2)", [
        said.id,
        said.cell,
      ]);
    }
    if (said.foundBy !== "")
      await insertCredits(tx, said.id, [{ deed: "found", name: said.foundBy }]);
    const { id, title, kind, severity } = said;
    const detail = { title, kind, severity, cell: said.cell ?? null };
    await tellOfIssue(tx, permit, { id, number, trackId: place.trackId, did: "raise", detail });
    return { number };
  });
}

/** Numbers are given one at a time. */
export const lockNumbers = (tx: pg.PoolClient, eventId: string) =>
  tx.query("SELECT FROM interop_event WHERE id = $1 FOR NO KEY UPDATE", [eventId]);

type BeforeRow = {
  event_id: string;
  number: number;
  reporter_id: string | null;
  title: string;
  body: string;
};

/** The number that this very form has got already; null for a new one. */
async function findBefore(
  tx: pg.PoolClient,
  said: IssueInput,
  { eventId, personId }: { eventId: string; personId: string },
): Promise<number | null> {
  const { rows } = await tx.query<BeforeRow>(
    "SELECT event_id, number, reporter_id, title, body FROM issue WHERE id = $1",
    [said.id],
  );
  const [row] = rows;
  if (!row) return null;
  const isOwn = row.event_id === eventId && row.reporter_id === personId;
  if (isOwn && row.title === said.title && row.body === said.body) return row.number;
  const which = isOwn ? `: it is issue #${row.number}` : "";
  throw new Refusal(
    "conflict",
    `This form has been sent already${which}. Open a new one for another issue.`,
  );
}

async function placeOfCell(
  tx: pg.PoolClient,
  permit: Permit<"issue.raise">,
  cellId: string,
): Promise<Place> {
  const { rows } = await tx.query<{ track_id: string; restricted: boolean }>(
    `SELECT c.track_id, ct.restricted FROM cell c JOIN track ct ON ct.id = c.track_id
     WHERE c.id = $5 AND c.event_id = $1 AND ${CELL_SEEN}`,
    [...cellEyesOf(permit), cellId],
  );
  const [row] = rows;
  if (!row) throw new Refusal("not_found", "There is no such cell.");
  return { trackId: row.track_id, restricted: row.restricted };
}

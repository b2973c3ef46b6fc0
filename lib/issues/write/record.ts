import { randomUUID } from "node:crypto";
import type { Permit } from "@/lib/auth/permit";
import { transaction } from "@/lib/db/transaction";
import type { ToldIssue } from "../schema";
import { insertCredits } from "./credits";
import { tellOfIssue } from "./hold";
import { insertIssue } from "./insert";
import { insertLinks } from "./links";
import { lockNumbers } from "./raise";
import { findPlace, findTarget } from "./target";

/**
 * Takes an issue over from a published account: facts with their source, and no reporter. One of that
 * title and source is there once, however often it is recorded.
 */
export function recordIssue(permit: Permit<"event.prepare">, told: ToldIssue): Promise<void> {
  return transaction(async (tx) => {
    const { eventId } = permit.scope;
    await lockNumbers(tx, eventId);
    const { rowCount } = await tx.query(
      "SELECT FROM issue WHERE event_id = $1 AND source = $2 AND title = $3",
      [eventId, told.source, told.title],
    );
    if (rowCount !== 0) return;
    const id = randomUUID();
    const place = await findPlace(tx, eventId, told.track);
    const target = await findTarget(tx, eventId, told.target);
    const row = { ...told, ...place, ...target, id, eventId, reporterId: null };
    const number = await insertIssue(tx, row);
    await insertLinks(tx, id, told.links);
    await insertCredits(tx, id, told.credits);
    const detail = { title: told.title, source: told.source };
    await tellOfIssue(tx, permit, { id, number, trackId: place.trackId, did: "record", detail });
  });
}

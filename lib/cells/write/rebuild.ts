import type { Permit } from "@/lib/auth/permit";
import { transaction } from "@/lib/db/transaction";
import { CHANNEL } from "@/lib/live/channel";
import { loadDirectory } from "@/lib/results/read/directory";
import { lockEvent } from "./lock";
import { foldAnew, placeResults } from "./place";

/**
 * Makes the event's cells anew from its results: places every result by the names of now, and folds
 * every cell from all of them. After it the cells are what they were, unless something was wrong.
 * Holds the event alone meanwhile.
 */
export async function rebuildCells(
  permit: Permit<"event.prepare">,
): Promise<{ results: number; cells: number }> {
  const { eventId } = permit.scope;
  return transaction(async (tx) => {
    await tx.query("SET LOCAL statement_timeout = 0");
    const { catalogueVersion } = await lockEvent(tx, eventId, true);
    const directory = await loadDirectory(eventId, catalogueVersion);
    const told = { results: 0, cells: 0 };
    for (const track of directory.tracks.values()) {
      told.results += (await placeResults(tx, { directory, track }, "all")).results;
      const { rows } = await tx.query<{ id: string }>("SELECT id FROM cell WHERE track_id = $1", [
        track.id,
      ]);
      const ids = rows.map(({ id }) => id);
      await foldAnew(tx, { directory, track }, ids);
      told.cells += ids.length;
      await tx.query("SELECT pg_notify($1, $2)", [CHANNEL, track.id]);
    }
    return told;
  });
}

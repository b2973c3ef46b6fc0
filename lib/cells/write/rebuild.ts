import type pg from "pg";
import type { Permit } from "@/lib/auth/permit";
import { transaction } from "@/lib/db/transaction";
import { CHANNEL } from "@/lib/live/channel";
import { loadDirectory } from "@/lib/results/read/directory";
import {
  type Directory,
  type DirectoryTrack,
  place,
  type ResolvedParty,
} from "@/lib/results/rules";
import { cellIdOf } from "./cell-id";
import { ensureCells, type Placed } from "./ensure";
import { foldWhole, lockCells } from "./fold";
import { keepCells } from "./keep";
import { lockEvent } from "./lock";

const PORTION = 5000;

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
    let results = 0;
    let cells = 0;
    for (const track of directory.tracks.values()) {
      results += await placeResults(tx, directory, track);
      cells += await foldTrack(tx, directory, track);
      await tx.query("SELECT pg_notify($1, $2)", [CHANNEL, track.id]);
    }
    return { results, cells };
  });
}

type ResultRow = {
  seq: string;
  cell_id: string | null;
  test: string;
  variant: Record<string, string>;
  parties: { role: string; entry: string; build: string | null }[];
};

async function placeResults(
  tx: pg.PoolClient,
  directory: Directory,
  track: DirectoryTrack,
): Promise<number> {
  let placedCount = 0;
  for (let after = "0"; ; ) {
    const { rows } = await tx.query<ResultRow>(
      `SELECT seq::text AS seq, cell_id, test, variant, parties FROM result
       WHERE track_id = $1 AND seq > $2 ORDER BY seq LIMIT ${PORTION}`,
      [track.id, after],
    );
    if (rows.length === 0) return placedCount;
    const placed = rows.map((row) => ({ row, ...placementOf(directory, track, row) }));
    await ensureCells(tx, { directory, trackSlug: track.slug }, { placed, planned: false });
    const moved = placed.filter(({ row, cellId }) => row.cell_id !== cellId);
    await tx.query(
      `UPDATE result SET cell_id = u.cell_id FROM unnest($1::bigint[], $2::uuid[]) AS u (seq, cell_id) WHERE result.seq = u.seq`,
      [moved.map(({ row }) => row.seq), moved.map(({ cellId }) => cellId)],
    );
    placedCount += rows.length;
    after = rows.at(-1)?.seq ?? after;
  }
}

function placementOf(directory: Directory, track: DirectoryTrack, row: ResultRow): Placed {
  const parties: ResolvedParty[] = row.parties.flatMap(({ role, entry, build }) => {
    const of = directory.entriesById.get(entry);
    return of ? [{ role, of, buildId: build, newBuild: null, told: { role, entry: of.slug } }] : [];
  });
  const isWhole = parties.length === row.parties.length;
  const placement = isWhole ? place(track, row) : null;
  return { parties, placement, cellId: cellIdOf({ parties, placement }) };
}

async function foldTrack(
  tx: pg.PoolClient,
  directory: Directory,
  track: DirectoryTrack,
): Promise<number> {
  const { rows } = await tx.query<{ id: string }>(
    "SELECT id FROM cell WHERE track_id = $1 ORDER BY id",
    [track.id],
  );
  for (let from = 0; from < rows.length; from += PORTION) {
    const ids = rows.slice(from, from + PORTION).map(({ id }) => id);
    const folded = await foldWhole(tx, directory, await lockCells(tx, ids));
    await keepCells(tx, { eventId: directory.eventId, trackId: track.id }, folded);
  }
  return rows.length;
}

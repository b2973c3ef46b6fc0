import type pg from "pg";
import {
  type Directory,
  type DirectoryTrack,
  placeStored,
  type ResolvedParty,
} from "@/lib/results/rules";
import { cellIdOf } from "./cell-id";
import { ensureCells, type Placed } from "./ensure";
import { foldWhole, lockCells } from "./fold";
import { keepCells } from "./keep";

const PORTION = 5000;

type Names = { directory: Directory; track: DirectoryTrack };

/** Results of a track: all of them, those that wait without a cell, those of some raw names. */
export type Which = "all" | "waiting" | { names: readonly string[] };

export type Placing = {
  results: number;
  /** How many of them have a cell now. */
  placed: number;
  /** Cells that gained or lost a result, which are to be folded anew. */
  touched: Set<string>;
};

type ResultRow = {
  seq: string;
  cell_id: string | null;
  test: string;
  variant: Record<string, string>;
  parties: { role: string; entry: string; build: string | null }[];
};

// A retired test keeps the results that it has, whatever its names stand for now.
// `result.seq`, since `seq` alone would be the text that is selected: "10" before "9".
const RESULTS = `
SELECT seq::text AS seq, cell_id, test, variant, parties FROM result
WHERE track_id = $1 AND seq > $2 AND ($3::text[] IS NULL OR test = ANY($3)) AND (NOT $4::bool OR cell_id IS NULL)
  AND NOT EXISTS (SELECT FROM cell c JOIN test_case k ON k.id = c.test_case_id WHERE c.id = cell_id AND k.retired_at IS NOT NULL)
ORDER BY result.seq LIMIT ${PORTION}`;

const MOVE = `
UPDATE result SET cell_id = u.cell_id FROM unnest($1::bigint[], $2::uuid[]) AS u (seq, cell_id)
WHERE result.seq = u.seq`;

/**
 * Gives results the cells that they have by these names. The event is to be held alone; the cells are
 * to be folded afterwards. The raw names of the results stay what they are.
 */
export async function placeResults(
  tx: pg.PoolClient,
  { directory, track }: Names,
  which: Which,
): Promise<Placing> {
  const placing: Placing = { results: 0, placed: 0, touched: new Set() };
  const names = typeof which === "string" ? null : which.names;
  for (let after = "0"; ; ) {
    const values = [track.id, after, names, which === "waiting"];
    const { rows } = await tx.query<ResultRow>(RESULTS, values);
    if (rows.length === 0) return placing;
    const placed = rows.map((row) => ({ row, ...placementOf(directory, track, row) }));
    await ensureCells(tx, { directory, trackSlug: track.slug }, { placed, planned: false });
    const moved = placed.filter(({ row, cellId }) => row.cell_id !== cellId);
    await tx.query(MOVE, [moved.map(({ row }) => row.seq), moved.map(({ cellId }) => cellId)]);
    placing.results += rows.length;
    placing.placed += placed.filter(({ cellId }) => cellId !== null).length;
    for (const id of moved.flatMap(({ row, cellId }) => [row.cell_id ?? [], cellId ?? []].flat())) {
      placing.touched.add(id);
    }
    after = rows.at(-1)?.seq ?? after;
  }
}

function placementOf(directory: Directory, track: DirectoryTrack, row: ResultRow): Placed {
  const parties: ResolvedParty[] = row.parties.flatMap(({ role, entry, build }) => {
    const of = directory.entriesById.get(entry);
    return of ? [{ role, of, buildId: build, newBuild: null, told: { role, entry: of.slug } }] : [];
  });
  const isWhole = parties.length === row.parties.length;
  const placement = isWhole ? placeStored(track, row, parties) : null;
  return { parties, placement, cellId: cellIdOf({ parties, placement }) };
}

/** Folds cells of a track from all their results, and keeps them. */
export async function foldAnew(
  tx: pg.PoolClient,
  { directory, track }: Names,
  cellIds: Iterable<string>,
) {
  const ids = [...cellIds].sort();
  for (let from = 0; from < ids.length; from += PORTION) {
    const cells = await lockCells(tx, ids.slice(from, from + PORTION));
    const folded = await foldWhole(tx, directory, cells);
    await keepCells(tx, { eventId: directory.eventId, trackId: track.id }, folded);
  }
}

import type pg from "pg";
import { byCell, STANDS, UTTERANCE, type UtteranceRow } from "@/lib/cells/read";
import { buildsOf, fold, hear, NO_VOICES, settle } from "@/lib/cells/rules";
import type { CellView, RulingInForce, Utterance, Voices } from "@/lib/cells/schema";
import { plainArray } from "@/lib/db/arrays";
import { type Directory, sidesOf } from "@/lib/results/rules";
import { type KeptVoices, unpackVoices } from "./memory";

export type CellRow = {
  id: string;
  track_id: string;
  test_case_id: string;
  parties: { role: string; entry: string }[];
  state: string;
  outcome: string | null;
  sides: number;
  attempts: number;
  flaky: boolean;
  planned: boolean;
  tested: Record<string, string>;
  test_version: number;
  voices: KeptVoices | null;
  /** The ruling in force, whether or not it shows. */
  ruling: RulingInForce | null;
};
export type Folded = {
  row: CellRow;
  view: CellView;
  /** entry id -> build id: what the view is about */
  tested: Record<string, string>;
  voices: Voices;
  attempts: number;
};

export const LOCK_CELLS = "SELECT id FROM cell WHERE id = ANY($1::uuid[]) ORDER BY id FOR UPDATE";

/**
 * A statement of its own, after the lock: in one, a row that had to be waited for would come in its
 * latest version, but what it is joined with as it was before the wait.
 */
export const READ_CELLS = `
SELECT c.id, c.track_id, c.test_case_id, c.parties, c.state, c.outcome, c.sides, c.attempts, c.flaky, c.planned,
  c.tested, c.test_version, f.voices,
  CASE WHEN g.id IS NOT NULL THEN json_build_object('outcome', g.outcome, 'builds', g.builds) END AS ruling
FROM cell c LEFT JOIN cell_fold f ON f.cell_id = c.id LEFT JOIN ruling g ON g.id = c.ruling_id
WHERE c.id = ANY($1::uuid[])`;

/** Locks the cells, always in the order of their ids, and reads them as they are then. */
export async function lockCells(tx: pg.PoolClient, ids: readonly string[]): Promise<CellRow[]> {
  await tx.query({ name: "lock-cells", text: LOCK_CELLS, values: [plainArray(ids)] });
  const { rows } = await tx.query<CellRow>({
    name: "read-cells",
    text: READ_CELLS,
    values: [plainArray(ids)],
  });
  return rows;
}

/**
 * Takes new results into their cells. A cell whose results were corrected, or whose memory no longer
 * reaches back far enough, is folded from all its results; every other one from what it remembers.
 */
export async function foldCells(
  tx: pg.PoolClient,
  directory: Directory,
  touched: {
    cells: readonly CellRow[];
    /** cell id -> what is new in it */
    heard: ReadonlyMap<string, readonly Utterance[]>;
    /** cells to be folded from all their results */
    anew: ReadonlySet<string>;
  },
): Promise<Folded[]> {
  const folded: Folded[] = [];
  const whole: CellRow[] = [];
  for (const row of touched.cells) {
    const said = touched.heard.get(row.id) ?? [];
    const memory = row.voices ? unpackVoices(row.voices) : NO_VOICES;
    const voices = touched.anew.has(row.id) ? null : hear(memory, said);
    if (voices) folded.push(view(directory, row, { voices, attempts: row.attempts + said.length }));
    else whole.push(row);
  }
  return [...folded, ...(await foldWhole(tx, directory, whole))];
}

/** Folds cells from all their results: what a rebuild does for every cell of an event. */
export async function foldWhole(
  tx: pg.PoolClient,
  directory: Directory,
  rows: readonly CellRow[],
): Promise<Folded[]> {
  if (rows.length === 0) return [];
  const said = await utterancesOf(
    tx,
    rows.map(({ id }) => id),
  );
  return rows.map((row) => {
    const all = said.get(row.id) ?? [];
    const voices = hear(NO_VOICES, all) ?? NO_VOICES;
    return view(directory, row, { voices, attempts: all.length });
  });
}

function view(
  directory: Directory,
  row: CellRow,
  heard: { voices: Voices; attempts: number },
): Folded {
  const seen = settle(fold(heard.voices, sidesOfCell(directory, row)), row.ruling);
  return { row, view: seen, tested: buildsOf(seen.builds), ...heard };
}

/** Whose word could confirm the cell. */
export function sidesOfCell(directory: Directory, row: CellRow): string[] {
  const test = directory.testsById.get(row.test_case_id);
  const parties = row.parties.flatMap(({ entry }) => {
    const of = directory.entriesById.get(entry);
    return of ? [{ of }] : [];
  });
  return test ? sidesOf(test, parties) : [];
}

const UTTERANCES = `
SELECT ${UTTERANCE}
FROM result r
WHERE r.cell_id = ANY($1::uuid[]) AND ${STANDS}`;

async function utterancesOf(
  tx: pg.PoolClient,
  cellIds: readonly string[],
): Promise<Map<string, Utterance[]>> {
  const { rows } = await tx.query<UtteranceRow>({
    name: "utterances",
    text: UTTERANCES,
    values: [cellIds],
  });
  return byCell(rows);
}

import type pg from "pg";
import { buildsSignature } from "@/lib/cells/rules";
import type { Utterance } from "@/lib/cells/schema";
import { ensureCells } from "@/lib/cells/write/ensure";
import { foldCells, lockCells } from "@/lib/cells/write/fold";
import { keepCells } from "@/lib/cells/write/keep";
import { plainArray } from "@/lib/db/arrays";
import type { Directory } from "../rules";
import type { Accepted } from "./resolve";
import { findDigests, insertResults, type Teller } from "./store";

/** What has become of a batch: rows stored, ids that were there before, the same id twice in it. */
export type Kept = {
  /** id -> seq */
  seqs: ReadonlyMap<string, string>;
  /** id -> digest of what was stored earlier */
  before: ReadonlyMap<string, string>;
  /** place in the batch -> digest of the first with that id */
  repeats: ReadonlyMap<number, string>;
};

/** Stores what is new and takes it into the cells: the room that both doors lead to. */
export async function keepResults(
  tx: pg.PoolClient,
  where: { directory: Directory; track: string; teller: Teller },
  rows: readonly Accepted[],
): Promise<Kept> {
  const { firsts, repeats } = splitRepeats(rows);
  const seqs = await insertResults(tx, where.teller, firsts);
  const before = await findDigests(
    tx,
    where.teller.reporterId,
    firsts.filter(({ item }) => !seqs.has(item.id)).map(({ item }) => item.id),
  );
  const stored = firsts.filter(({ item }) => seqs.has(item.id));
  await project(tx, where, { stored, seqs });
  return { seqs, before, repeats };
}

/** The same id twice in one batch: the first counts, the others are judged against it. */
export function splitRepeats(rows: readonly Accepted[]) {
  const first = new Map<string, Accepted>();
  const repeats = new Map<number, string>();
  for (const row of rows) {
    const earlier = first.get(row.item.id);
    if (earlier) repeats.set(row.at, earlier.digest);
    else first.set(row.item.id, row);
  }
  return { firsts: [...first.values()], repeats };
}

/** Folds what was stored into the cells it speaks of, and into those whose results it corrects. */
async function project(
  tx: pg.PoolClient,
  { directory, track, teller }: { directory: Directory; track: string; teller: Teller },
  { stored, seqs }: { stored: readonly Accepted[]; seqs: ReadonlyMap<string, string> },
) {
  const placed = stored.filter(({ cellId }) => cellId !== null);
  const corrected = await findCorrected(tx, teller, stored);
  const ids = new Set([...placed.map(({ cellId }) => cellId ?? ""), ...corrected]);
  if (ids.size === 0) return;
  await ensureCells(tx, { directory, trackSlug: track }, { placed, planned: false });
  const cells = await lockCells(tx, [...ids]);
  const anew = new Set([...corrected, ...(await findSuperseded(tx, teller, placed))]);
  const heard = utterancesOf(teller, placed, seqs);
  const folded = await foldCells(tx, directory, { cells, heard, anew });
  await keepCells(tx, teller, folded);
}

/** What the fold hears: every new result but the retractions, by cell. */
function utterancesOf(
  teller: Teller,
  placed: readonly Accepted[],
  seqs: ReadonlyMap<string, string>,
): Map<string, Utterance[]> {
  const heard = new Map<string, Utterance[]>();
  const signatures = new Map<Accepted["parties"], string>();
  for (const { item, startedAt, parties, placement, cellId } of placed) {
    if (item.void || cellId === null) continue;
    const said = heard.get(cellId) ?? [];
    const builds = signatures.get(parties) ?? signatureOf(parties);
    signatures.set(parties, builds);
    said.push({
      speaker: teller.entryId ?? "",
      origin: teller.origin,
      builds,
      outcome: item.outcome,
      startedAt,
      attempt: item.attempt,
      id: item.id,
      seq: seqs.get(item.id) ?? "",
      testVersion: placement?.test.version ?? 1,
      exchange: item.exchange ?? null,
      answers: teller.answers[item.id] ?? null,
      denial: teller.denies,
    });
    heard.set(cellId, said);
  }
  return heard;
}

const signatureOf = (parties: Accepted["parties"]) =>
  buildsSignature(parties.map(({ role, of, buildId }) => ({ role, entry: of.id, build: buildId })));

// A correction is of the same reporter and the same way: no agent takes back what a person said.

/** The cells of results that this batch supersedes, whichever test or parties they had. */
async function findCorrected(
  tx: pg.PoolClient,
  { reporterId, origin }: Teller,
  stored: readonly Accepted[],
): Promise<string[]> {
  const ids = stored.flatMap(({ item }) => item.supersedes ?? []);
  if (ids.length === 0) return [];
  const { rows } = await tx.query<{ cell_id: string }>(
    "SELECT DISTINCT cell_id FROM result WHERE reporter_id = $1 AND origin = $3 AND id = ANY($2::uuid[]) AND cell_id IS NOT NULL",
    [reporterId, ids, origin],
  );
  return rows.map(({ cell_id }) => cell_id);
}

/** The cells of those new results whose correction was here before them. */
async function findSuperseded(
  tx: pg.PoolClient,
  { reporterId, origin }: Teller,
  stored: readonly Accepted[],
): Promise<string[]> {
  const { rows } = await tx.query<{ supersedes: string }>({
    name: "find-superseded",
    text: "SELECT supersedes FROM result WHERE reporter_id = $1 AND origin = $3 AND supersedes = ANY($2::uuid[])",
    values: [reporterId, plainArray(stored.map(({ item }) => item.id)), origin],
  });
  const ids = new Set(rows.map(({ supersedes }) => supersedes));
  return stored.flatMap(({ item, cellId }) => (ids.has(item.id) && cellId ? [cellId] : []));
}

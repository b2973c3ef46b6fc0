import type pg from "pg";
import type { Permit } from "@/lib/auth/permit";
import { buildsSignature } from "@/lib/cells/rules";
import type { Utterance } from "@/lib/cells/schema";
import { ensureCells } from "@/lib/cells/write/ensure";
import { foldCells, lockCells } from "@/lib/cells/write/fold";
import { keepCells } from "@/lib/cells/write/keep";
import { lockEvent } from "@/lib/cells/write/lock";
import { transaction } from "@/lib/db/transaction";
import { defaultParties, loadRun, type RunRow, reporterOf } from "@/lib/runs/read";
import { loadDirectory } from "../read/directory";
import type { Directory } from "../rules";
import type { BatchReply, ItemReply } from "../schema";
import { createBuilds, type NewBuild, newBuilds } from "./builds";
import { closeBatch } from "./close";
import { type Accepted, type Parsed, parseItems, type Rejected, resolveItems } from "./resolve";
import { findDigests, insertResults, type Teller } from "./store";

type Batch = {
  run: RunRow;
  teller: Teller;
  parsed: readonly Parsed[];
  bad: readonly Rejected[];
  total: number;
};

/** Thrown inside the transaction when the names it used have changed meanwhile; it begins again. */
class NamesMoved extends Error {
  constructor(readonly version: number) {
    super("The event's names have changed.");
  }
}

/** Thrown when a batch names builds that the event has not seen: they are made first, by themselves. */
class BuildsMissing extends Error {
  constructor(readonly builds: readonly NewBuild[]) {
    super("Builds to be made.");
  }
}

/**
 * Records a batch of results: one answer for each item, in order. All that is valid is committed,
 * with the cells, the log and the audit trail, in one transaction before this returns; a repeat
 * stores nothing twice. A batch may name things that another one is just making: then it begins anew.
 */
export async function recordResults(
  permit: Permit<"result.push">,
  runId: string,
  items: readonly unknown[],
): Promise<BatchReply> {
  const run = await loadRun(permit, runId);
  const { good: parsed, bad } = parseItems(items, run.id);
  const teller: Teller = {
    eventId: permit.scope.eventId,
    trackId: run.track_id,
    runKey: run.key,
    ...reporterOf(permit),
    origin: "agent",
    personId: null,
  };
  const batch: Batch = { run, teller, parsed, bad, total: items.length };
  for (let version = 0; ; ) {
    const directory = await loadDirectory(permit.scope.eventId, version);
    try {
      return await transaction((tx) => record(tx, directory, batch));
    } catch (error) {
      version = await versionAfter(error, directory);
    }
  }
}

/** What to try again with; anything but a change of names is thrown on. */
async function versionAfter(error: unknown, { eventId, version }: Directory): Promise<number> {
  if (error instanceof NamesMoved) return error.version;
  if (!(error instanceof BuildsMissing)) throw error;
  await transaction((tx) => createBuilds(tx, eventId, error.builds));
  return version + 1;
}

async function record(tx: pg.PoolClient, directory: Directory, batch: Batch): Promise<BatchReply> {
  const { run, teller, parsed } = batch;
  const corrects = parsed.some(({ item }) => item.supersedes !== undefined);
  const event = await lockEvent(tx, teller.eventId, corrects);
  if (event.catalogueVersion !== directory.version) throw new NamesMoved(event.catalogueVersion);

  const track = directory.tracks.get(run.track);
  if (!track) throw new Error(`No track ${run.track}`);
  const setting = {
    directory,
    track,
    defaults: defaultParties(run),
    reporter: { entryId: teller.entryId },
    isReview: event.phase !== "testing",
    now: Date.now(),
  };
  const { good, bad } = resolveItems(setting, parsed);
  const builds = newBuilds(good);
  if (builds.length > 0) throw new BuildsMissing(builds);

  const { firsts, repeats } = splitRepeats(good);
  const seqs = await insertResults(tx, teller, firsts);
  const before = await findDigests(
    tx,
    teller.reporterId,
    firsts.filter(({ item }) => !seqs.has(item.id)).map(({ item }) => item.id),
  );
  const stored = firsts.filter(({ item }) => seqs.has(item.id));
  await project(tx, { directory, run, teller }, { stored, seqs });

  const reply = answer(batch, { rejected: [...batch.bad, ...bad], good, seqs, before, repeats });
  await closeBatch(tx, { ...run, ...teller, agentId: teller.agentId ?? "" }, reply);
  return reply;
}

/** The same id twice in one batch: the first counts, the others are judged against it. */
function splitRepeats(good: readonly Accepted[]): {
  firsts: Accepted[];
  repeats: Map<number, string>;
} {
  const first = new Map<string, Accepted>();
  const repeats = new Map<number, string>();
  for (const row of good) {
    const earlier = first.get(row.item.id);
    if (earlier) repeats.set(row.at, earlier.digest);
    else first.set(row.item.id, row);
  }
  return { firsts: [...first.values()], repeats };
}

/** Folds what was stored into the cells it speaks of, and into those whose results it corrects. */
async function project(
  tx: pg.PoolClient,
  where: { directory: Directory; run: RunRow; teller: Teller },
  { stored, seqs }: { stored: readonly Accepted[]; seqs: ReadonlyMap<string, string> },
) {
  const { directory, run, teller } = where;
  const placed = stored.filter(({ cellId }) => cellId !== null);
  const corrected = await findCorrected(tx, teller.reporterId, stored);
  const ids = new Set([...placed.map(({ cellId }) => cellId ?? ""), ...corrected]);
  if (ids.size === 0) return;
  await ensureCells(tx, { directory, trackSlug: run.track }, { placed, planned: false });
  const cells = await lockCells(tx, [...ids]);
  const anew = new Set([...corrected, ...(await findSuperseded(tx, teller.reporterId, placed))]);
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
  for (const { item, startedAt, parties, placement, cellId } of placed) {
    if (item.void || cellId === null) continue;
    const said = heard.get(cellId) ?? [];
    said.push({
      speaker: teller.entryId ?? "",
      origin: teller.origin,
      builds: buildsSignature(
        parties.map(({ role, of, buildId }) => ({ role, entry: of.id, build: buildId })),
      ),
      outcome: item.outcome,
      startedAt,
      attempt: item.attempt,
      id: item.id,
      seq: seqs.get(item.id) ?? "",
      testVersion: placement?.test.version ?? 1,
      exchange: item.exchange ?? null,
      answers: null,
      denial: false,
    });
    heard.set(cellId, said);
  }
  return heard;
}

/** The cells of results that this batch supersedes, whichever test or parties they had. */
async function findCorrected(
  tx: pg.PoolClient,
  reporterId: string,
  stored: readonly Accepted[],
): Promise<string[]> {
  const ids = stored.flatMap(({ item }) => item.supersedes ?? []);
  if (ids.length === 0) return [];
  const { rows } = await tx.query<{ cell_id: string }>(
    "SELECT DISTINCT cell_id FROM result WHERE reporter_id = $1 AND id = ANY($2::uuid[]) AND cell_id IS NOT NULL",
    [reporterId, ids],
  );
  return rows.map(({ cell_id }) => cell_id);
}

/** The cells of those new results whose correction was here before them. */
async function findSuperseded(
  tx: pg.PoolClient,
  reporterId: string,
  stored: readonly Accepted[],
): Promise<string[]> {
  const { rows } = await tx.query<{ supersedes: string }>({
    name: "find-superseded",
    text: "SELECT supersedes FROM result WHERE reporter_id = $1 AND supersedes = ANY($2::uuid[])",
    values: [reporterId, stored.map(({ item }) => item.id)],
  });
  const ids = new Set(rows.map(({ supersedes }) => supersedes));
  return stored.flatMap(({ item, cellId }) => (ids.has(item.id) && cellId ? [cellId] : []));
}

type Judgement = {
  rejected: readonly Rejected[];
  good: readonly Accepted[];
  seqs: ReadonlyMap<string, string>;
  before: ReadonlyMap<string, string>;
  repeats: ReadonlyMap<number, string>;
};

function answer({ total }: Batch, judgement: Judgement): BatchReply {
  const items: ItemReply[] = Array.from({ length: total });
  for (const { at, id, problem } of judgement.rejected)
    items[at] = { id, status: "rejected", problem };
  for (const row of judgement.good) items[row.at] = itemReply(row, judgement);
  const count = (status: ItemReply["status"]) =>
    items.filter((item) => item.status === status).length;
  return {
    received: total,
    accepted: count("accepted"),
    duplicate: count("duplicate"),
    rejected: count("rejected"),
    conflict: count("conflict"),
    unmapped: items.filter(({ unmapped }) => unmapped).length,
    items,
  };
}

function itemReply({ at, item, digest, placement }: Accepted, judgement: Judgement): ItemReply {
  const earlier = judgement.repeats.get(at) ?? judgement.before.get(item.id);
  if (earlier === undefined) {
    return { id: item.id, status: "accepted", ...(placement ? {} : { unmapped: true }) };
  }
  if (earlier === digest) return { id: item.id, status: "duplicate" };
  return {
    id: item.id,
    status: "conflict",
    problem: {
      code: "id_in_use",
      pointer: `/items/${at}/id`,
      detail:
        "This id was used before for other content; the earlier result stays. A correction is a new id with `supersedes`.",
      retryable: false,
    },
  };
}

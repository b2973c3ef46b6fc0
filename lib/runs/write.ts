import { createHash } from "node:crypto";
import type pg from "pg";
import type { Permit } from "@/lib/auth/permit";
import { cellIdOf } from "@/lib/cells/write/cell-id";
import { ensureCells } from "@/lib/cells/write/ensure";
import { lockEvent } from "@/lib/cells/write/lock";
import { didYouMean } from "@/lib/core/did-you-mean";
import { type Fault, Refusal } from "@/lib/core/refusal";
import { transaction } from "@/lib/db/transaction";
import { CHANNEL } from "@/lib/live/channel";
import { loadDirectory } from "@/lib/results/read/directory";
import { type Directory, type DirectoryTrack, place, resolveParties } from "@/lib/results/rules";
import { findRun, loadReceipt, reporterOf } from "./read";
import { AHEAD_MS, BACKFILLED_MS, unfit } from "./rules";
import type { FinishInput, Receipt, RunInput } from "./schema";

export type Declared = { run: string; state: "open" | "complete" | "aborted"; created: boolean };

/** What "same content" means: all of the manifest but who sent it and when. Parsing ordered the keys. */
function digestOf({ sentAt: _, agent: __, ...content }: RunInput): Buffer {
  return createHash("sha256").update(JSON.stringify(content)).digest();
}

const INSERT_RUN = `
INSERT INTO run (id, reporter_id, event_id, track_id, entry_id, agent_id, digest, manifest, started_at, skew_ms, backfilled)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
ON CONFLICT (reporter_id, id) DO NOTHING
RETURNING key`;

/** Declares a run. The same content again is no change; other content under the id is a conflict. */
export async function declareRun(
  permit: Permit<"run.declare">,
  runId: string,
  manifest: RunInput,
): Promise<Declared> {
  const { eventId } = permit.scope;
  const now = Date.now();
  const directory = await currentDirectory(eventId);
  const track = judgeManifest(directory, manifest, now);
  const { reporterId, entryId, agentId } = reporterOf(permit);
  const digest = digestOf(manifest);
  const created = await transaction(async (tx) => {
    await lockEvent(tx, eventId, false);
    const { rowCount } = await tx.query(INSERT_RUN, [
      runId,
      reporterId,
      eventId,
      track.id,
      entryId,
      agentId,
      digest,
      JSON.stringify(manifest),
      manifest.startedAt,
      clamp(Date.parse(manifest.sentAt) - now),
      now - Date.parse(manifest.startedAt) > BACKFILLED_MS,
    ]);
    if (rowCount === 0) return false;
    await planCells(tx, { directory, track, manifest });
    await audit(tx, permit, { runId, trackId: track.id });
    return true;
  });
  if (created) return { run: runId, state: "open", created };
  const known = await findRun(permit, runId);
  if (!known?.digest.equals(digest)) {
    throw new Refusal("conflict", `Run ${runId} was declared before with other content.`, [
      { pointer: "/runId", code: "id_in_use", message: "Use a new id, or send the same manifest." },
    ]);
  }
  return { run: runId, state: known.state, created };
}

const clamp = (ms: number) => Math.max(-2_000_000_000, Math.min(2_000_000_000, ms));

/** The names of now: a declaration may be the first to use a test or an entry just added. */
async function currentDirectory(eventId: string): Promise<Directory> {
  const { catalogueVersion } = await transaction((tx) => lockEvent(tx, eventId, false));
  return loadDirectory(eventId, catalogueVersion);
}

function judgeManifest(directory: Directory, manifest: RunInput, now: number): DirectoryTrack {
  const track = directory.tracks.get(manifest.track);
  if (!track) {
    const message = `No track '${manifest.track}' in this event.${didYouMean(manifest.track, directory.tracks.keys())}`;
    throw invalid({ pointer: "/track", code: "unknown_track", message });
  }
  const early = unfit(manifest, now + AHEAD_MS);
  if (early) throw invalid(early);
  const parties = resolveParties(directory, track, manifest.parties ?? []);
  if (!Array.isArray(parties)) throw invalid(parties);
  return track;
}

const invalid = (fault: Fault) => new Refusal("invalid", fault.message, [fault]);

/** Tests that the plan names, for the run's parties: they show as planned until a result comes. */
async function planCells(
  tx: pg.PoolClient,
  {
    directory,
    track,
    manifest,
  }: { directory: Directory; track: DirectoryTrack; manifest: RunInput },
) {
  const parties = resolveParties(directory, track, manifest.parties ?? []);
  if (!Array.isArray(parties) || parties.length === 0) return;
  const placed = (manifest.plan?.tests ?? []).flatMap((test) => {
    const placement = place(track, { test, variant: {} });
    return placement ? [{ parties, placement, cellId: cellIdOf({ parties, placement }) }] : [];
  });
  if (placed.length === 0) return;
  await ensureCells(tx, { directory, trackSlug: track.slug }, { placed, planned: true });
  await tx.query("SELECT pg_notify($1, $2)", [CHANNEL, track.id]);
}

async function audit(
  tx: pg.PoolClient,
  permit: Permit<"run.declare" | "run.finish">,
  { runId, trackId }: { runId: string; trackId: string },
) {
  await tx.query(
    `WITH logged AS (INSERT INTO event_log (event_id, track_id, kind, subject) VALUES ($1, $2, $3, $4))
     INSERT INTO audit (event_id, action, agent_id, subject) VALUES ($1, $3, $5, $4)`,
    [permit.scope.eventId, trackId, permit.action, runId, reporterOf(permit).agentId],
  );
}

/** Says that the agent has sent all it has; answers what is missing. Saying it again is no change. */
export async function finishRun(
  permit: Permit<"run.finish">,
  runId: string,
  finish: FinishInput,
): Promise<Receipt> {
  const run = await findRun(permit, runId);
  if (!run) throw new Refusal("not_found", `No run ${runId} of yours.`);
  await transaction(async (tx) => {
    await tx.query(
      "UPDATE run SET state = $2, finish = $3, finished_at = coalesce(finished_at, now()) WHERE key = $1",
      [run.key, finish.state, JSON.stringify(finish)],
    );
    await audit(tx, permit, { runId, trackId: run.track_id });
  });
  return loadReceipt(permit, runId);
}

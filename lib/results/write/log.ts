import { hash } from "node:crypto";
import type pg from "pg";
import type { Permit } from "@/lib/auth/permit";
import { cellIdOf } from "@/lib/cells/write/cell-id";
import { type Fault, Refusal } from "@/lib/core/refusal";
import { BACKFILLED_MS } from "@/lib/runs/rules";
import type { LogInput } from "@/lib/words/schema";
import { ownEntryIds } from "../read/awaiting";
import {
  type Directory,
  type DirectoryTrack,
  type Judged,
  judgeItem,
  resolveParties,
  speakerOf,
  unknownTest,
} from "../rules";
import { type ItemInput, itemSchema, type Logged } from "../schema";
import { keepResults } from "./keep";
import { withNames } from "./names";
import { closeSitting, holdPhase, openSitting, personOf, type Voice } from "./sitting";
import { type Said, tellOthers } from "./tell";

/**
 * Logs what a person saw, as the word of an entry of theirs that is a party. Sent again under its id
 * it is stored once. Refused as `invalid` with the field, `forbidden` for others' pairs, and
 * `wrong_phase` in review for what began after the end of testing.
 */
export async function logResult(
  permit: Permit<"result.log">,
  trackSlug: string,
  said: LogInput,
): Promise<Logged> {
  const { logged, told } = await withNames(permit.scope.eventId, (tx, directory) =>
    log(tx, directory, { permit, trackSlug, said }),
  );
  if (logged.isNew) void tellOthers(permit, told);
  return logged;
}

type Logging = { permit: Permit<"result.log">; trackSlug: string; said: LogInput };

async function log(
  tx: pg.PoolClient,
  directory: Directory,
  { permit, trackSlug, said }: Logging,
): Promise<{ logged: Logged; told: Said }> {
  const now = Date.now();
  const phase = await holdPhase(tx, directory, { permit, alone: false });
  const track = directory.tracks.get(trackSlug);
  if (!track) throw new Refusal("not_found", `No track '${trackSlug}' in this event.`);
  const startedAt = said.startedAt === undefined ? now : Date.parse(said.startedAt);
  const early = timeFault(directory, { startedAt, now, isReview: phase !== "testing" });
  if (early) throw refusalOf(early);
  const { judged, speaker } = judge(directory, track, { permit, said });
  const cellId = cellIdOf(judged) ?? "";
  const voice: Voice = { directory, track, speaker, personId: personOf(permit) };
  const attempt = await nextAttempt(tx, speaker.id, cellId);
  const teller = await openSitting(tx, voice, now);
  const row = {
    ...judged,
    at: 0,
    item: itemOf(said, { attempt, startedAt }),
    digest: hash("sha256", JSON.stringify(said)),
    startedAt,
    cellId,
    backfilled: now - startedAt > BACKFILLED_MS,
    late: phase !== "testing",
  };
  const kept = await keepResults(tx, { directory, track: trackSlug, teller }, [row]);
  const before = kept.before.get(said.id);
  if (before !== undefined && before !== row.digest) throw new Refusal("conflict", SENT_BEFORE);
  const seqs = [...kept.seqs.values()];
  await closeSitting(tx, teller, { action: permit.action, seqs });
  const seq = seqs[0] ?? (await seqOf(tx, speaker.id, said.id));
  return {
    logged: { id: said.id, seq, cellId, isNew: before === undefined },
    told: { seqs, speakerId: speaker.id, kind: "logged" },
  };
}

const SENT_BEFORE =
  "This was sent before and said something else then; the first stays. Take that back, or log this as a new result.";

const REFUSALS: Record<string, "forbidden" | "wrong_phase"> = {
  not_your_pair: "forbidden",
  not_yours: "forbidden",
  wrong_phase: "wrong_phase",
};

const refusalOf = (fault: Fault): Refusal =>
  new Refusal(REFUSALS[fault.code] ?? "invalid", fault.message, [
    { ...fault, pointer: `/result${fault.pointer}` },
  ]);

const SOON_MS = 60_000;

function timeFault(
  { testingEndedAt }: Directory,
  { startedAt, now, isReview }: { startedAt: number; now: number; isReview: boolean },
): Fault | null {
  const pointer = "/startedAt";
  if (startedAt > now + SOON_MS) {
    return { pointer, code: "in_the_future", message: "That is still to come. Say when it began." };
  }
  if (!isReview || (testingEndedAt && startedAt < testingEndedAt.getTime())) return null;
  const message =
    "Testing is over: in review only what began before its end is logged. Say when it began.";
  return { pointer, code: "wrong_phase", message };
}

function judge(
  directory: Directory,
  track: DirectoryTrack,
  { permit, said }: Pick<Logging, "permit" | "said">,
) {
  const parties = resolveParties(directory, track, said.parties);
  if (!Array.isArray(parties)) throw refusalOf(parties);
  const speaker = speakerOf(track, parties, { own: ownEntryIds(permit), as: said.as });
  if ("code" in speaker) throw refusalOf(speaker);
  const item = itemOf(said, { attempt: 1, startedAt: 0 });
  const judged = judgeItem({ directory, track, defaults: [] }, item, { entryId: speaker.id });
  if ("code" in judged) throw refusalOf(judged);
  const unknown = unknownIn(track, judged, said);
  if (unknown) throw refusalOf(unknown);
  return { judged, speaker };
}

/** A person chooses from what is there: what an agent may name for the first time is a slip here. */
function unknownIn(track: DirectoryTrack, judged: Judged, said: LogInput): Fault | null {
  if (!judged.placement) {
    return { pointer: "/test", code: "unknown_test", message: unknownTest(track, said) };
  }
  const at = judged.parties.findIndex(({ newBuild }) => newBuild !== null);
  const party = judged.parties[at];
  if (!party) return null;
  const message = `${party.of.slug} has no build '${party.newBuild}'. Its people name it on the entry's page first.`;
  return { pointer: `/parties/${at}/build`, code: "unknown_build", message };
}

/** Which attempt of this side at this cell it is; two of its people at once are two attempts. */
async function nextAttempt(tx: pg.PoolClient, entryId: string, cellId: string): Promise<number> {
  await tx.query("SELECT pg_advisory_xact_lock(hashtextextended($1, 1))", [`${entryId} ${cellId}`]);
  const { rows } = await tx.query<{ attempt: number }>(
    "SELECT coalesce(max(attempt), 0) + 1 AS attempt FROM result WHERE cell_id = $1 AND entry_id = $2",
    [cellId, entryId],
  );
  return rows[0]?.attempt ?? 1;
}

async function seqOf(tx: pg.PoolClient, entryId: string, id: string): Promise<string> {
  const { rows } = await tx.query<{ seq: string }>(
    "SELECT seq::text AS seq FROM result WHERE reporter_id = $1 AND id = $2",
    [entryId, id],
  );
  return rows[0]?.seq ?? "";
}

/** A person's result as any other is stored. */
const itemOf = (
  { id, test, variant, parties, outcome, unsupportedBy, note }: LogInput,
  { attempt, startedAt }: { attempt: number; startedAt: number },
): ItemInput =>
  itemSchema.parse({
    id,
    test,
    variant,
    parties,
    outcome,
    unsupportedBy,
    attempt,
    startedAt: new Date(startedAt).toISOString(),
    ...(note.trim() === "" ? {} : { message: note.trim() }),
  });

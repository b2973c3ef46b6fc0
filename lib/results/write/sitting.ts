import { hash } from "node:crypto";
import type pg from "pg";
import type { Permit } from "@/lib/auth/permit";
import type { Action } from "@/lib/auth/policy";
import { refuseOutOfPhase } from "@/lib/cells/write/lock";
import { Refusal } from "@/lib/core/refusal";
import { CHANNEL } from "@/lib/live/channel";
import type { RunInput } from "@/lib/runs/schema";
import type { Directory, DirectoryEntry, DirectoryTrack } from "../rules";
import { holdNames } from "./names";
import type { Teller } from "./store";

/** Who speaks for whom, where. */
export type Voice = {
  directory: Directory;
  track: Pick<DirectoryTrack, "id" | "slug">;
  speaker: Pick<DirectoryEntry, "id" | "slug">;
  personId: string;
};

export function personOf({ actor }: Permit<Action>): string {
  if (actor.kind !== "person") throw new Refusal("forbidden", "Only a person says this.");
  return actor.personId;
}

/**
 * Holds the event's names and its phase. The permit was for the phase of a moment ago; this is the
 * phase that counts.
 */
export async function holdPhase(
  tx: pg.PoolClient,
  directory: Directory,
  { permit, alone }: { permit: Permit<Action>; alone: boolean },
) {
  const phase = await holdNames(tx, directory, alone);
  refuseOutOfPhase(permit, phase);
  return phase;
}

/** A UUIDv8, so that two at once open the same sitting. */
function runIdOf({ speaker, track, personId }: Voice, day: string): string {
  const hex = hash("sha256", ["sitting", personId, speaker.id, track.id, day].join(" "));
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

const OPEN = `
WITH made AS (
  INSERT INTO run (id, reporter_id, event_id, track_id, entry_id, person_id, digest, manifest, started_at)
  VALUES ($1, $2, $3, $4, $2, $5, $6, $7, $8) ON CONFLICT (reporter_id, id) DO NOTHING RETURNING key)
SELECT key FROM made UNION ALL SELECT key FROM run WHERE reporter_id = $2 AND id = $1 LIMIT 1`;

/** The person's run of the day in a track, for an entry; opened when there is none. */
export async function openSitting(
  tx: pg.PoolClient,
  voice: Voice,
  now: number,
): Promise<Teller & { runId: string }> {
  const { directory, track, speaker, personId } = voice;
  const at = new Date(now).toISOString();
  const runId = runIdOf(voice, at.slice(0, 10));
  const manifest: RunInput = {
    schema: "1",
    track: track.slug,
    agent: { name: "plugfest", version: "pages" },
    source: { format: "person", files: [] },
    environment: {},
    startedAt: at,
    sentAt: at,
  };
  const values = [
    runId,
    speaker.id,
    directory.eventId,
    track.id,
    personId,
    Buffer.from(hash("sha256", runId), "hex"),
    JSON.stringify(manifest),
    at,
  ];
  // Opened by somebody else a moment ago, it is seen by a further statement only.
  const open = async () => (await tx.query<{ key: string }>(OPEN, values)).rows[0]?.key;
  const runKey = (await open()) ?? (await open());
  if (runKey === undefined) throw new Error(`No sitting ${runId}`);
  return {
    eventId: directory.eventId,
    trackId: track.id,
    runKey,
    runId,
    reporterId: speaker.id,
    entryId: speaker.id,
    origin: "person",
    agentId: null,
    personId,
    answers: {},
    denies: false,
  };
}

const CLOSE = `
WITH counted AS (
  UPDATE run SET received = received + $2::int, accepted = accepted + $2::int WHERE key = $1
), logged AS (
  INSERT INTO event_log (event_id, track_id, kind, subject, detail)
  VALUES ($3::uuid, $4::uuid, 'results', $5::text, jsonb_build_object('accepted', $2::int))
), audited AS (
  INSERT INTO audit (event_id, action, person_id, subject, detail)
  VALUES ($3::uuid, $6::text, $7::uuid, $5::text, jsonb_build_object('results', $8::text[], 'entry', $9::text))
)
SELECT pg_notify('${CHANNEL}', $4::text), pg_notify('${CHANNEL}', $3::text)`;

/** The run's counters, the log, the audit trail; wakes those who watch the track, and the event. */
export async function closeSitting(
  tx: pg.PoolClient,
  teller: Teller & { runId: string },
  { action, seqs }: { action: Action; seqs: readonly string[] },
) {
  if (seqs.length === 0) return;
  await tx.query(CLOSE, [
    teller.runKey,
    seqs.length,
    teller.eventId,
    teller.trackId,
    teller.runId,
    action,
    teller.personId,
    seqs,
    teller.entryId,
  ]);
}

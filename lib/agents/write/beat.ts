import type { Permit } from "@/lib/auth/permit";
import { database } from "@/lib/db/client";
import { reporterOf } from "@/lib/runs/read";
import type { HeartbeatInput, HeartbeatReply } from "../schema";

const BEAT = `
UPDATE agent SET version = $2, spool_depth = $3, in_flight = $4, discarded = $5, skew_ms = $6, beat_at = $7, last_seen_at = $7
WHERE id = $1`;

/** Keeps what an agent says of itself. Not audited: it changes nothing but what its own line shows. */
export async function keepHeartbeat(
  permit: Permit<"agent.heartbeat">,
  { version, sentAt, spoolDepth, inFlight, discarded }: HeartbeatInput,
  now = new Date(),
): Promise<HeartbeatReply> {
  const skewMs = clamp(Date.parse(sentAt) - now.getTime());
  const { agentId } = reporterOf(permit);
  const told = [version, spoolDepth, inFlight, JSON.stringify(discarded), skewMs, now];
  await database().pool.query({ name: "beat", text: BEAT, values: [agentId, ...told] });
  return { serverTime: now.toISOString(), skewMs };
}

/** What an integer column holds. */
const clamp = (ms: number) => Math.max(-2_000_000_000, Math.min(2_000_000_000, ms));

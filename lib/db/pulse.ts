import pg from "pg";
import { logFailure } from "@/lib/core/log";
import { cut, mend } from "./sockets";

/** How long somebody may hold a connection before we ask whether the database lives at all. */
const SUSPICIOUS_MS = 1000;
const LOOK_MS = 500;
const PING_MS = 1000;
/** How late a timer may be while nothing holds us up. */
const SLACK_MS = 100;

type Pulse = { isPinging: boolean; isSilent: boolean };
const kept = globalThis as unknown as { plugfestPulse?: Pulse };

function pulse(): Pulse {
  kept.plugfestPulse ??= { isPinging: false, isSilent: false };
  return kept.plugfestPulse;
}

/**
 * Notices a database that takes connections and says nothing: a machine that has gone, a firewall that
 * drops. No time limit of the server's own helps there. Once a connection is held long, a fresh one is
 * tried; when that is not answered either, all are cut, and whoever waited is told at once.
 */
export function watchPulse(pool: pg.Pool, { stream: _, ...options }: pg.PoolConfig): void {
  const heldSince = new Map<pg.PoolClient, number>();
  pool.on("acquire", (client) => heldSince.set(client, performance.now()));
  pool.on("release", (_error, client) => heldSince.delete(client));
  pool.on("remove", (client) => heldSince.delete(client));
  const look = () => {
    if (pool.ended) return clearInterval(timer);
    const longest = performance.now() - Math.min(...heldSince.values());
    if (pulse().isSilent || longest > SUSPICIOUS_MS) void feel(options);
  };
  const timer = setInterval(look, LOOK_MS);
  timer.unref();
}

/** One at a time, for both pools. */
async function feel(options: pg.PoolConfig): Promise<void> {
  const state = pulse();
  if (state.isPinging) return;
  state.isPinging = true;
  const answers = (await isHeard(options)) || (await isHeard(options));
  state.isPinging = false;
  if (answers) {
    if (state.isSilent) mend();
    state.isSilent = false;
    return;
  }
  if (!state.isSilent) logFailure("database silent", "It takes connections and does not answer.");
  state.isSilent = true;
  cut();
}

/**
 * Whether it answers, or we cannot tell: a ping that took longer than it may was held up by ourselves, who
 * were drawing something large, and what the database said may lie unread.
 */
async function isHeard(options: pg.PoolConfig): Promise<boolean> {
  const began = performance.now();
  const answers = await ping(options);
  return answers || performance.now() - began > PING_MS + SLACK_MS;
}

/** Whether anything is heard within a second; a refusal is an answer too. */
async function ping(options: pg.PoolConfig): Promise<boolean> {
  const client = new pg.Client({ ...options, connectionTimeoutMillis: PING_MS });
  client.on("error", () => undefined);
  try {
    await client.connect();
    await client.end();
    return true;
  } catch (error) {
    return (error as { code?: string }).code !== undefined;
  }
}

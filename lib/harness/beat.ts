import { readFile } from "node:fs/promises";
import { join } from "node:path";
import * as z from "zod";
import { type HeartbeatInput, heartbeatReplySchema } from "@/lib/agents/schema";
import { within } from "@/lib/core/deadline";
import { messageOf } from "./failure";
import type { Session } from "./session";
import { writeDurably } from "./spool/durable";
import { isCode } from "./spool/lock";
import { listRuns, type Spool, type SpooledRun } from "./spool/spool";
import { AGENT, VERSION } from "./version";

/** What is over before this says nothing of itself. */
const FIRST_MS = 1000;
const BEAT_MS = 30_000;
const ANSWER_MS = 10_000;

const keptSchema = z.object({
  /** When it was sent. */
  at: z.string(),
  /** Null when it was not answered. */
  skewMs: z.number().nullable(),
  /** Why it was not answered. */
  reason: z.string().nullable(),
});
type KeptBeat = z.infer<typeof keptSchema>;

/**
 * Says every half minute that the agent lives, until the returned function is called. Whatever goes
 * wrong with that disturbs nothing: it is noted for `plugfest status`.
 */
export function startBeating(session: Session, inFlight: number): () => void {
  const stopped = new AbortController();
  const next = () => void beat(session, inFlight, stopped.signal);
  const first = setTimeout(next, FIRST_MS).unref();
  const timer = setInterval(next, BEAT_MS).unref();
  return () => {
    clearTimeout(first);
    clearInterval(timer);
    stopped.abort();
  };
}

/** One heartbeat, tried once: the next one is near. */
async function beat({ link, spool }: Session, inFlight: number, stopped: AbortSignal) {
  const at = new Date().toISOString();
  try {
    const { runs } = await listRuns(spool);
    const told: HeartbeatInput = {
      version: VERSION,
      sentAt: at,
      spoolDepth: runs.reduce((sum, { items }) => sum + items, 0),
      inFlight,
      discarded: discardedBy(runs),
    };
    const skewMs = await send(link, told, stopped);
    await keep(spool, { at, skewMs, reason: null });
  } catch (error) {
    if (stopped.aborted) return;
    // Not even the note can be written: then there is nothing to show, and still nothing disturbed.
    await keep(spool, { at, skewMs: null, reason: messageOf(error) }).catch(() => undefined);
  }
}

async function send(
  { url, token }: Session["link"],
  told: HeartbeatInput,
  stopped: AbortSignal,
): Promise<number> {
  const response = await fetch(new URL("api/v1/agent/heartbeat", url), {
    method: "POST",
    headers: {
      authorization: `Bearer ${token}`,
      "content-type": "application/json",
      "user-agent": AGENT,
    },
    body: JSON.stringify(told),
    redirect: "manual",
    signal: within(ANSWER_MS, stopped),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`It answered ${response.status}.`);
  return heartbeatReplySchema.parse(JSON.parse(text)).skewMs;
}

/** What was left out of the runs that wait, by reason and category. */
function discardedBy(runs: readonly SpooledRun[]): HeartbeatInput["discarded"] {
  const sums = new Map<string, HeartbeatInput["discarded"][number]>();
  for (const one of runs.flatMap(({ discarded }) => discarded)) {
    const key = `${one.reason} ${one.category}`;
    const quantity = (sums.get(key)?.quantity ?? 0) + one.quantity;
    sums.set(key, { ...one, quantity });
  }
  return [...sums.values()].slice(0, 32);
}

const noteOf = (spool: Spool) => join(spool.root, "heartbeat.json");

const keep = (spool: Spool, kept: KeptBeat) => writeDurably(noteOf(spool), JSON.stringify(kept));

/** The last heartbeat that an agent with this spool has sent, or undefined. */
export async function findBeat(spool: Spool): Promise<KeptBeat | undefined> {
  try {
    return keptSchema.parse(JSON.parse(await readFile(noteOf(spool), "utf8")));
  } catch (error) {
    const isOdd = error instanceof SyntaxError || error instanceof z.ZodError;
    if (isOdd || isCode(error, "ENOENT")) return undefined;
    throw error;
  }
}

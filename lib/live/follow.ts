import { setTimeout as sleep } from "node:timers/promises";
import { Closing, closing } from "./closing";
import { hub } from "./hub";

/** How often a reader looks though nobody told it anything. */
export const HEARTBEAT_MS = 5000;
/** Bursts are told together: what comes alone is told at once, but no reader more often than this. */
const COALESCE_MS = 250;

export type Look<T> = {
  /** Where the next look begins. */
  horizon: string;
  /** What is new since the last one, or null for nothing. */
  news: T | null;
};

/**
 * Follows a topic from `since` on: looks, tells what is new, waits to be woken, looks again. `look`
 * is asked with a horizon and answers with the next one (ADR 4): nothing is skipped, and what comes
 * twice is state, not difference. Ends with the signal; throws `Closing` when the process is to end.
 */
export async function* follow<T>(
  topic: string,
  { since, signal }: { since: string; signal: AbortSignal },
  look: (horizon: string) => Promise<Look<T>>,
): AsyncGenerator<Look<T> & { news: T }> {
  const either = AbortSignal.any([signal, closing()]);
  let horizon = since;
  while (!either.aborted) {
    const version = hub().version(topic);
    const lookedAt = performance.now();
    const { horizon: next, news } = await look(horizon);
    horizon = next;
    if (news !== null) yield { horizon, news };
    await hub().past(topic, version, { patience: HEARTBEAT_MS, signal: either });
    const early = COALESCE_MS - (performance.now() - lookedAt);
    if (early > 0) await sleep(early, undefined, { signal: either }).catch(() => undefined);
  }
  if (!signal.aborted) throw new Closing();
}

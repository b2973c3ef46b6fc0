import { TryLater } from "./later";

type Size = { slots: number; queue: number; patienceMs: number };

const BUSY =
  "The server has as many batches as it can take at once. Nothing was stored; send it again.";
const AFTER_S = 2;

/**
 * Lets `slots` pieces of work be under way and `queue` wait for `patienceMs` at most; whoever comes
 * then is sent away at once. To fail early is better than to let everybody time out.
 */
export function turnstile({ slots, queue, patienceMs }: Size) {
  let busy = 0;
  const waiting: (() => void)[] = [];

  const enter = () =>
    new Promise<void>((resolve, reject) => {
      const enterNow = () => {
        clearTimeout(timer);
        resolve();
      };
      const timer = setTimeout(() => {
        waiting.splice(waiting.indexOf(enterNow), 1);
        reject(new TryLater(503, BUSY, AFTER_S));
      }, patienceMs);
      waiting.push(enterNow);
    });

  const leave = () => {
    const next = waiting.shift();
    // Whoever waits takes over the place that is left.
    if (next) next();
    else busy -= 1;
  };

  return async <T>(work: () => Promise<T>): Promise<T> => {
    if (busy < slots) busy += 1;
    else if (waiting.length < queue) await enter();
    else throw new TryLater(503, BUSY, AFTER_S);
    try {
      return await work();
    } finally {
      leave();
    }
  };
}

// Of the pool's twelve connections four stay free for pages and for telling who asks.
const INGEST = { slots: 8, queue: 16, patienceMs: 10_000 };
const kept = globalThis as unknown as { plugfestIngest?: ReturnType<typeof turnstile> };

/** One for the whole process, whatever route asks. */
export function ingestTurn<T>(work: () => Promise<T>): Promise<T> {
  kept.plugfestIngest ??= turnstile(INGEST);
  return kept.plugfestIngest(work);
}

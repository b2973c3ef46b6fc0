import { env } from "@/lib/core/env";
import { inIngestLane } from "@/lib/core/lane";
import { TryLater } from "./later";

type Size = { slots: number; queue: number; patienceMs: number };

const BUSY =
  "The server has as many batches as it can take at once. Nothing was stored; send it again.";
const AFTER_S = 2;

/** What somebody is told who is sent away. */
export const busy = () => new TryLater(503, BUSY, AFTER_S);

/**
 * Lets `slots` pieces of work be under way and `queue` wait for `patienceMs` at most; whoever comes
 * then is sent away at once. To fail early is better than to let everybody time out.
 */
export function turnstile({ slots, queue, patienceMs }: Size) {
  let taken = 0;
  let hearing = 0;
  const waiting: (() => void)[] = [];

  const enter = () =>
    new Promise<void>((resolve, reject) => {
      const enterNow = () => {
        clearTimeout(timer);
        resolve();
      };
      const timer = setTimeout(() => {
        waiting.splice(waiting.indexOf(enterNow), 1);
        reject(busy());
      }, patienceMs);
      waiting.push(enterNow);
    });

  const leave = () => {
    const next = waiting.shift();
    // Whoever waits takes over the place that is left.
    if (next) next();
    else taken -= 1;
  };

  const isFull = () => taken >= slots && waiting.length + hearing >= queue;

  /** Listens to somebody who wants a turn, unless those who are before them fill every place already. */
  const hear = async <T>(listen: () => Promise<T>): Promise<T> => {
    if (isFull()) throw busy();
    hearing += 1;
    try {
      return await listen();
    } finally {
      hearing -= 1;
    }
  };

  const turn = async <T>(work: () => Promise<T>): Promise<T> => {
    if (taken < slots) taken += 1;
    else if (waiting.length < queue) await enter();
    else throw busy();
    try {
      return await work();
    } finally {
      leave();
    }
  };
  return { hear, turn, isFull };
}

/** Longer than this an agent need not wait: nothing is stored yet, and it comes again. */
const PATIENCE_MS = 5000;
const kept = globalThis as unknown as { plugfestIngest?: ReturnType<typeof turnstile> };

/** One for the whole process, whatever route asks. */
function ingest() {
  const slots = env().DATABASE_INGEST_POOL;
  kept.plugfestIngest ??= turnstile({ slots, queue: 2 * slots, patienceMs: PATIENCE_MS });
  return kept.plugfestIngest;
}

/** Who is let in finds a connection of the batches' own. */
export const ingestTurn = <T>(work: () => Promise<T>): Promise<T> =>
  ingest().turn(() => inIngestLane(work));

/**
 * Before a batch is read: what will be sent away is not parsed first. At five times the capacity that
 * alone took nine tenths of it (`npm run fault:overload`).
 */
export const ingestHearing = <T>(listen: () => Promise<T>): Promise<T> => ingest().hear(listen);

/** Whether `ingestHearing` would send away whoever comes now. */
export const isIngestFull = (): boolean => ingest().isFull();

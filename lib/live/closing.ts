const kept = globalThis as unknown as { plugfestClosing?: AbortController };

const controller = (): AbortController => {
  kept.plugfestClosing ??= new AbortController();
  return kept.plugfestClosing;
};

/** Aborted when the process is to end: open streams close then, and their readers come back to the next one. */
export const closing = (): AbortSignal => controller().signal;

/**
 * What an open stream ends with when the process does. It is no failure: the reader is told to come
 * back, with the position that it has, and finds the next process there.
 */
export class Closing extends Error {
  constructor() {
    super("The server restarts.");
    this.name = "Closing";
  }
}

/** The launcher kills what has not left within five seconds; see lib/start/site.mjs. */
const GRACE_MS = 3000;
/** As Next leaves by itself: 128 and the number of the signal. */
const TERMINATED = 143;

/**
 * A stream that is open would keep the process alive for as long as its reader likes: each is ended, and
 * what is at work then has three seconds left.
 */
export function closeStreamsOnTerm() {
  process.once("SIGTERM", () => {
    controller().abort();
    setTimeout(() => process.exit(TERMINATED), GRACE_MS).unref();
  });
}

const kept = globalThis as unknown as { plugfestClosing?: AbortController };

const controller = (): AbortController => {
  kept.plugfestClosing ??= new AbortController();
  return kept.plugfestClosing;
};

/** Aborted when the process is to end: open streams close then, and their readers come back to the next one. */
export const closing = (): AbortSignal => controller().signal;

/** A stream that is open would keep the process alive for as long as its reader likes. */
export function closeStreamsOnTerm() {
  process.once("SIGTERM", () => controller().abort());
}

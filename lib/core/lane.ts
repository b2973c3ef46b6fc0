import { AsyncLocalStorage } from "node:async_hooks";

/** Batches of results have connections of their own: a flood of them leaves the pages theirs. */
export type Lane = "pages" | "ingest";

// One for the process, whichever of Next's bundles asks.
const kept = globalThis as unknown as { plugfestLane?: AsyncLocalStorage<Lane> };

function storage(): AsyncLocalStorage<Lane> {
  kept.plugfestLane ??= new AsyncLocalStorage<Lane>();
  return kept.plugfestLane;
}

/** Whose connections the work at hand takes. */
export const lane = (): Lane => storage().getStore() ?? "pages";

/** Does `work`, and all that it awaits, on the connections for batches. */
export const inIngestLane = <T>(work: () => Promise<T>): Promise<T> =>
  storage().run("ingest", work);

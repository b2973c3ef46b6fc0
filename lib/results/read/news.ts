import type { Permit } from "@/lib/auth/permit";
import { follow } from "@/lib/live/follow";
import { listAwaiting } from "./awaiting";
import { loadCellRow, stampOf } from "./cell";

type Ear = { topic: string; signal: AbortSignal };

/** Tells each time that a cell's page would show something else than when it had the stamp `known`. */
export const followCell = (
  renew: () => Promise<Permit<"result.view">>,
  { known, ...where }: { trackSlug: string; cellId: string; known: string },
  ear: Ear,
) => followStamp(known, ear, async () => stampOf(await loadCellRow(await renew(), where)));

/** The same of what waits for the reader's word in an event. */
export const followAwaiting = (
  renew: () => Promise<Permit<"result.await">>,
  known: string,
  ear: Ear,
) => followStamp(known, ear, async () => (await listAwaiting(await renew())).stamp);

function followStamp(known: string, { topic, signal }: Ear, look: () => Promise<string>) {
  return follow(topic, { since: known, signal }, async (before) => {
    const stamp = await look();
    return { horizon: stamp, news: stamp === before ? null : stamp };
  });
}

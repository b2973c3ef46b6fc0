import type { Permit } from "@/lib/auth/permit";
import { transaction } from "@/lib/db/transaction";
import { loadRun, reporterOf } from "@/lib/runs/read";
import { readDirectory } from "../read/directory";
import type { BatchReply } from "../schema";
import { splitRepeats } from "./keep";
import { parseItems } from "./parse";
import { replyOf } from "./reply";
import { resolveItems, settingOf } from "./resolve";
import { findDigests } from "./store";

/** The answer that `recordResults` would give to a batch; stores nothing, and makes no build. */
export async function validateResults(
  permit: Permit<"result.push">,
  runId: string,
  items: readonly unknown[],
): Promise<BatchReply> {
  const run = await loadRun(permit, runId);
  const { good: parsed, bad } = parseItems(items, run.id);
  const { reporterId, entryId } = reporterOf(permit);
  return transaction(async (tx) => {
    const directory = await readDirectory(permit.scope.eventId, tx);
    const isReview = permit.scope.phase !== "testing";
    const setting = settingOf(run, directory, { entryId, isReview });
    const resolved = resolveItems(setting, parsed);
    const { firsts, repeats } = splitRepeats(resolved.good);
    const ids = firsts.map(({ item }) => item.id);
    const before = await findDigests(tx, reporterId, ids);
    const rejected = [...bad, ...resolved.bad];
    return replyOf(items.length, { before, repeats, rejected, good: resolved.good });
  });
}

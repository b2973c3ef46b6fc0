import type { BatchReply, ItemReply } from "../schema";
import type { Rejected } from "./parse";
import type { Accepted } from "./resolve";

/** What has become of the items of a batch. */
export type Judgement = {
  /** id -> digest of what was stored earlier */
  before: ReadonlyMap<string, string>;
  /** place in the batch -> digest of the first with that id */
  repeats: ReadonlyMap<number, string>;
  rejected: readonly Rejected[];
  good: readonly Accepted[];
};

/** One answer for each item, in order. */
export function replyOf(total: number, judgement: Judgement): BatchReply {
  const items: ItemReply[] = Array.from({ length: total });
  for (const { at, id, problem } of judgement.rejected)
    items[at] = { id, status: "rejected", problem };
  for (const row of judgement.good) items[row.at] = itemReply(row, judgement);
  const counts = { accepted: 0, duplicate: 0, rejected: 0, conflict: 0, unmapped: 0 };
  for (const { status, unmapped } of items) {
    counts[status] += 1;
    if (unmapped) counts.unmapped += 1;
  }
  return { received: total, ...counts, items };
}

function itemReply({ at, item, digest, placement }: Accepted, judgement: Judgement): ItemReply {
  const earlier = judgement.repeats.get(at) ?? judgement.before.get(item.id);
  if (earlier === undefined) {
    return { id: item.id, status: "accepted", ...(placement ? {} : { unmapped: true }) };
  }
  if (earlier === digest) return { id: item.id, status: "duplicate" };
  return {
    id: item.id,
    status: "conflict",
    problem: {
      code: "id_in_use",
      pointer: `/items/${at}/id`,
      detail:
        "This id was used before for other content; the earlier result stays. A correction is a new id with `supersedes`.",
      retryable: false,
    },
  };
}

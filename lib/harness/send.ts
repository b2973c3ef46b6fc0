import { batchReplySchema, type ItemReply } from "@/lib/results/schema";
import type { Answer } from "./answer";
import { EXIT, Failure } from "./failure";
import { call, type Link } from "./http";
import { eventPath, parseReply } from "./server";
import { type Batch, packBatches, unpackBatch } from "./spool/batch";
import { addCounts, NO_COUNTS, type Settled } from "./spool/settled";

export type Address = { readonly event: string; readonly run: string };

/** Sends one batch until each of its items has an answer; one that is too large goes in halves. */
export async function sendBatch(link: Link, to: Address, batch: Batch): Promise<Settled> {
  const answer = await call(link, {
    method: "POST",
    path: eventPath(to.event, `runs/${to.run}/results`),
    packed: batch.packed,
  });
  const reply = batchReplySchema.safeParse(answer.body);
  if (reply.success) return settledFrom(reply.data.items, batch.items);
  if (answer.status < 300) parseReply(link, answer, batchReplySchema);
  throwIfHeld(answer);
  if (answer.status !== 413 || batch.items === 1) return refuseAll(batch.items, answer);
  return sendHalves(link, to, unpackBatch(batch.packed));
}

async function sendHalves(link: Link, to: Address, items: readonly unknown[]): Promise<Settled> {
  const middle = Math.ceil(items.length / 2);
  let settled: Settled = { counts: NO_COUNTS, refusals: [] };
  let sent = 0;
  for (const half of [items.slice(0, middle), items.slice(middle)]) {
    for (const batch of packBatches(half.map((item) => JSON.stringify(item)))) {
      const part = await sendBatch(link, to, batch);
      const first = sent;
      settled = {
        counts: addCounts(settled.counts, part.counts),
        refusals: [
          ...settled.refusals,
          ...part.refusals.map((refusal) => ({ ...refusal, at: refusal.at + first })),
        ],
      };
      sent += batch.items;
    }
  }
  return settled;
}

/** Answers that are no verdict on the content: the run stays in the spool for later. */
export function throwIfHeld(answer: Answer) {
  if (answer.code === "wrong_phase") {
    throw new Failure(EXIT.rejected, `The event does not take results now: ${answer.sentence}`);
  }
  if (answer.status >= 500) {
    throw new Failure(EXIT.unreachable, `The server failed: ${answer.sentence}`);
  }
}

function settledFrom(replies: readonly ItemReply[], sent: number): Settled {
  if (replies.length !== sent) {
    throw new Failure(
      EXIT.unreachable,
      `The server answered for ${replies.length} of ${sent} items. Nothing is taken for done.`,
    );
  }
  const counts = { ...NO_COUNTS };
  for (const { status, unmapped } of replies) {
    counts[status] += 1;
    if (unmapped) counts.unmapped += 1;
  }
  const refusals = replies.flatMap(({ status, problem }, at) =>
    status === "rejected" || status === "conflict"
      ? [{ at, status, problem: problem ?? conflictProblem(at) }]
      : [],
  );
  return { counts, refusals };
}

const conflictProblem = (at: number) => ({
  code: "conflict",
  pointer: `/items/${at}`,
  detail: "This id was pushed before with other content; what the server has stays.",
  retryable: false,
});

/** What a refusal of the whole means for each item of a batch. */
export function refuseAll(items: number, answer: Answer): Settled {
  const problem = {
    code: answer.status === 413 ? "too_large" : (answer.code ?? `http_${answer.status}`),
    pointer: "",
    detail: answer.sentence,
    retryable: false,
  };
  const refusals = Array.from({ length: items }, (_, at) => ({
    at,
    status: "rejected" as const,
    problem,
  }));
  return { counts: { ...NO_COUNTS, rejected: items }, refusals };
}

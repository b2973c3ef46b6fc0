import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { declaredSchema } from "@/lib/agents/schema";
import { type FinishInput, type Receipt, receiptSchema } from "@/lib/runs/schema";
import type { Answer } from "./answer";
import { sendEvidence } from "./evidence/send";
import { call, type Link } from "./http";
import { plural } from "./output";
import { type Address, refuseAll, sendBatch, throwIfHeld } from "./send";
import { eventPath, parseReply } from "./server";
import type { Session } from "./session";
import { keepRejected, rejectionsOf } from "./spool/rejected";
import { addCounts, type Counts, findSettled, NO_COUNTS, settle } from "./spool/settled";
import { bindRun, removeRun, runsIn, type Spool, type SpooledRun } from "./spool/spool";
import { batchName } from "./spool/writer";
import { type Delivery, tellDelivery } from "./tell";

type Work = {
  readonly spool: Spool;
  readonly link: Link;
  readonly run: SpooledRun;
  readonly to: Address;
};

/**
 * Sends a spooled run whose lock one holds: declaration, batches, end. Throws Failure when it must
 * stay in the spool; whatever was acknowledged until then is marked as done.
 */
export async function deliver(session: Session, spooled: SpooledRun): Promise<Delivery> {
  const { spool, link } = session;
  const slug = await session.event();
  const run = await bindRun(spool, spooled, slug);
  const work = { spool, link, run, to: { event: slug, run: run.id } };
  const refusal = await declare(work);
  const counts = await sendBatches(work, refusal);
  const rejections = await rejectionsOf(spool, run);
  const rejectedFile =
    rejections.length > 0 ? await keepRejected(spool, run, rejections) : undefined;
  const refusedFiles = refusal ? 0 : await sendEvidence(session, run);
  const receipt = refusal ? undefined : await finish(work, counts);
  const delivery = { counts, rejections, refusedFiles, rejectedFile, receipt };
  tellDelivery(link.output, run, delivery);
  await removeRun(spool, run.id);
  return delivery;
}

/** Returns the answer when the server refuses the whole run. */
async function declare({ link, run, to }: Work): Promise<Answer | undefined> {
  const answer = await call(link, {
    method: "PUT",
    path: eventPath(to.event, `runs/${to.run}`),
    body: { ...run.run, sentAt: new Date().toISOString() },
  });
  if (answer.status < 300) {
    parseReply(link, answer, declaredSchema);
    return undefined;
  }
  throwIfHeld(answer);
  if (answer.status !== 409) return answer;
  // The same file under another name, or touched: the run is there, and its items tell for themselves.
  link.output.warn(
    { event: "warning", run: run.id, message: answer.sentence },
    `${run.label}: this run was declared before with other details; the first declaration stays.`,
  );
  return undefined;
}

async function sendBatches(work: Work, refusal: Answer | undefined): Promise<Counts> {
  const { spool, link, run, to } = work;
  const directory = join(runsIn(spool), run.id);
  const of = run.batches.length;
  let counts = NO_COUNTS;
  for (const [before, items] of run.batches.entries()) {
    const number = before + 1;
    let settled = await findSettled(directory, number);
    if (!settled) {
      const packed = await readFile(join(directory, batchName(number)));
      settled = refusal ? refuseAll(items, refusal) : await sendBatch(link, to, { packed, items });
      await settle(directory, number, settled);
    }
    counts = addCounts(counts, settled.counts);
    const { output } = link;
    output.tell({ event: "batch", run: run.id, batch: number, of, ...settled.counts });
    output.progress(`${run.label}: batch ${number} of ${of} answered`);
  }
  return counts;
}

async function finish({ link, run, to }: Work, counts: Counts): Promise<Receipt | undefined> {
  const body: FinishInput = {
    state: run.state,
    counts: { items: counts.accepted + counts.duplicate },
    discarded: run.discarded,
  };
  const path = eventPath(to.event, `runs/${to.run}/finish`);
  const answer = await call(link, { method: "POST", path, body });
  if (answer.status < 300) return parseReply(link, answer, receiptSchema);
  throwIfHeld(answer);
  link.output.warn(
    { event: "warning", run: run.id, message: answer.sentence },
    `${run.label}: ${plural(body.counts.items, "result")} stored, but the server did not take the run's end: ${answer.sentence}`,
  );
  return undefined;
}

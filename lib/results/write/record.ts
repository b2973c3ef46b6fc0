import type pg from "pg";
import type { Permit } from "@/lib/auth/permit";
import { loadRun, type RunRow, reporterOf } from "@/lib/runs/read";
import type { Directory } from "../rules";
import type { BatchReply } from "../schema";
import { closeBatch } from "./close";
import { keepResults } from "./keep";
import { holdNames, requireBuilds, withNames } from "./names";
import { type Parsed, parseItems, type Rejected } from "./parse";
import { keepTurnedDown } from "./rejected";
import { replyOf } from "./reply";
import { resolveItems, settingOf } from "./resolve";
import type { Teller } from "./store";

type Batch = {
  run: RunRow;
  teller: Teller;
  parsed: readonly Parsed[];
  bad: readonly Rejected[];
  items: readonly unknown[];
};

/**
 * Records a batch of results: one answer for each item, in order. All that is valid is committed,
 * with the cells, the log and the audit trail, in one transaction before this returns; a repeat
 * stores nothing twice. A batch may name things that another one is just making: then it begins anew.
 */
export async function recordResults(
  permit: Permit<"result.push">,
  runId: string,
  items: readonly unknown[],
): Promise<BatchReply> {
  const run = await loadRun(permit, runId);
  const { good: parsed, bad } = parseItems(items, run.id);
  const teller: Teller = {
    eventId: permit.scope.eventId,
    trackId: run.track_id,
    runKey: run.key,
    ...reporterOf(permit),
    origin: "agent",
    personId: null,
    answers: {},
    denies: false,
  };
  const batch: Batch = { run, teller, parsed, bad, items };
  return withNames(permit.scope.eventId, (tx, directory) => record(tx, directory, batch));
}

async function record(tx: pg.PoolClient, directory: Directory, batch: Batch): Promise<BatchReply> {
  const { run, teller, parsed } = batch;
  const corrects = parsed.some(({ item }) => item.supersedes !== undefined);
  const phase = await holdNames(tx, directory, corrects);
  const isReview = phase !== "testing";
  const setting = settingOf(run, directory, { entryId: teller.entryId, isReview });
  const { good, bad } = resolveItems(setting, parsed);
  requireBuilds(good);

  const kept = await keepResults(tx, { directory, track: run.track, teller }, good);

  const judgement = { ...kept, rejected: [...batch.bad, ...bad], good };
  const reply = replyOf(batch.items.length, judgement);
  await keepTurnedDown(tx, run.key, { items: batch.items, reply });
  await closeBatch(tx, { ...run, ...teller, agentId: teller.agentId ?? "" }, reply);
  return reply;
}

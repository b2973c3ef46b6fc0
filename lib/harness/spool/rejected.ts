import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { ItemProblem } from "@/lib/results/schema";
import { unpackBatch } from "./batch";
import { writeDurably } from "./durable";
import { isCode } from "./lock";
import { findSettled } from "./settled";
import { rejectedIn, runsIn, type Spool, type SpooledRun } from "./spool";
import { batchName, type Refused } from "./writer";

/** An item that was not taken, by the server or by our own check before it. */
export type Rejection = {
  readonly item: unknown;
  readonly status: "rejected" | "conflict";
  readonly problem: ItemProblem;
};

// One less than a run may name: the file itself is added when it is pushed.
const FILES = 63;

/** Every item of a run that was not taken, in order, with the reason. */
export async function rejectionsOf(spool: Spool, run: SpooledRun): Promise<Rejection[]> {
  const directory = join(runsIn(spool), run.id);
  const rejections: Rejection[] = [];
  for (let batch = 1; batch <= run.batches.length; batch += 1) {
    const { refusals } = (await findSettled(directory, batch)) ?? { refusals: [] };
    if (refusals.length === 0) continue;
    const items = unpackBatch(await readFile(join(directory, batchName(batch))));
    for (const { at, status, problem } of refusals) {
      const kind = status === "conflict" ? "conflict" : "rejected";
      rejections.push({ item: items[at], status: kind, problem });
    }
  }
  return [...rejections, ...(await refusedHere(directory))];
}

async function refusedHere(directory: string): Promise<Rejection[]> {
  try {
    const text = await readFile(join(directory, "refused.json"), "utf8");
    return (JSON.parse(text) as Refused[]).map((refused) => ({ ...refused, status: "rejected" }));
  } catch (error) {
    if (isCode(error, "ENOENT")) return [];
    throw error;
  }
}

/**
 * Keeps what was not taken as a Plugfest file with the items' own ids, so that it can be mended and
 * pushed, and the reasons beside it. Returns the file's path.
 */
export async function keepRejected(
  spool: Spool,
  { id, run }: SpooledRun,
  rejections: readonly Rejection[],
): Promise<string> {
  const { track, source, parties, environment, startedAt } = run;
  const items = rejections.map(({ item }) => item);
  const file = {
    plugfest: "1",
    track,
    source: { ...source, files: source.files.slice(0, FILES) },
    parties,
    environment,
    startedAt,
    items,
  };
  const problems = rejections.map(({ item, status, problem }) => ({
    id: fieldOf(item, "id"),
    test: fieldOf(item, "test"),
    status,
    ...problem,
  }));
  const path = join(rejectedIn(spool), `${id}.json`);
  await writeDurably(
    join(rejectedIn(spool), `${id}.problems.json`),
    JSON.stringify(problems, null, 2),
  );
  await writeDurably(path, JSON.stringify(file, null, 2));
  return path;
}

/** A text field of an item that may be of any shape. */
export function fieldOf(item: unknown, field: "id" | "test"): string | undefined {
  if (typeof item !== "object" || item === null) return undefined;
  const value = (item as Record<string, unknown>)[field];
  return typeof value === "string" ? value : undefined;
}

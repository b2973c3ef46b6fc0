import { readFile } from "node:fs/promises";
import { join } from "node:path";
import * as z from "zod";
import { itemProblemSchema, itemReplySchema } from "@/lib/results/schema";
import { writeDurably } from "./durable";
import { isCode } from "./lock";
import { batchName } from "./writer";

const countsSchema = z.object({
  accepted: z.int(),
  duplicate: z.int(),
  conflict: z.int(),
  rejected: z.int(),
  unmapped: z.int(),
});
export type Counts = z.infer<typeof countsSchema>;

export const NO_COUNTS: Counts = {
  accepted: 0,
  duplicate: 0,
  conflict: 0,
  rejected: 0,
  unmapped: 0,
};

export const addCounts = (a: Counts, b: Counts): Counts => ({
  accepted: a.accepted + b.accepted,
  duplicate: a.duplicate + b.duplicate,
  conflict: a.conflict + b.conflict,
  rejected: a.rejected + b.rejected,
  unmapped: a.unmapped + b.unmapped,
});

/** What the server said about a batch: how many, and which items it did not take. */
const settledSchema = z.object({
  counts: countsSchema,
  refusals: z.array(
    z.object({
      /** Position in the batch. */
      at: z.int(),
      status: itemReplySchema.shape.status,
      problem: itemProblemSchema,
    }),
  ),
});
export type Settled = z.infer<typeof settledSchema>;

const settledPath = (directory: string, batch: number) =>
  join(directory, batchName(batch).replace(".json.gz", ".settled.json"));

/** Marks a batch as done, so that a crash after this does not send it again. */
export const settle = (directory: string, batch: number, settled: Settled) =>
  writeDurably(settledPath(directory, batch), JSON.stringify(settled));

/** What was said about a batch, or undefined while nothing was. */
export async function findSettled(directory: string, batch: number): Promise<Settled | undefined> {
  try {
    return settledSchema.parse(JSON.parse(await readFile(settledPath(directory, batch), "utf8")));
  } catch (error) {
    if (isCode(error, "ENOENT")) return undefined;
    throw error;
  }
}

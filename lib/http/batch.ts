import * as z from "zod";
import { BATCH_ITEMS, batchSchema, itemSchema } from "@/lib/results/schema";

/** A batch of results may also come as one item a line. */
export const inLines = {
  most: BATCH_ITEMS,
  envelope: (items: unknown[]) => ({ schema: "1", items }),
  told: batchSchema.extend({ items: z.array(itemSchema).min(1).max(BATCH_ITEMS) }),
};

import * as z from "zod";
import { momentSchema } from "@/lib/core/text";
import type { ItemInput } from "@/lib/results/schema";
import { matrixQuerySchema } from "@/lib/views/schema";

/** Which results of a track are asked for: the matrix's own words, and two that only results have. */
export const downloadQuerySchema = matrixQuerySchema.omit({ asOf: true, encoding: true }).extend({
  /** Only what arrived from this moment on. */
  since: momentSchema.optional(),
  /** `all` has what was corrected and retracted, too. */
  history: z.enum(["current", "all"]).default("current"),
});
export type DownloadQuery = z.output<typeof downloadQuerySchema>;

/** What the server knows of a result beside what was said; nobody reads it back. */
type Kept = {
  run: string;
  /** The entry whose word it is; null for a neutral harness. */
  reporter: string | null;
  origin: "person" | "agent";
  testVersion: number | null;
  receivedAt: string;
  late: boolean;
  backfilled: boolean;
  superseded: boolean;
};

/** A result in the words in which it was pushed, so that pushing it again says the same. */
export type Told = {
  item: Partial<ItemInput> & Pick<ItemInput, "id" | "test" | "outcome" | "startedAt">;
  kept: Kept;
};

export type DownloadHead = { event: string; track: string; generatedAt: string };

/** What stands in a CTRF report of ours (ctrf.io), for the API's document. */
export const ctrfSchema = z.object({
  reportFormat: z.literal("CTRF"),
  specVersion: z.string(),
  timestamp: z.string(),
  generatedBy: z.string(),
  extra: z.object({ plugfest: z.object({ event: z.string(), track: z.string() }) }),
  results: z.object({
    tool: z.object({ name: z.string() }),
    tests: z.array(
      z.object({
        name: z.string(),
        status: z.enum(["passed", "failed", "skipped", "pending", "other"]),
        duration: z.number(),
        start: z.int(),
        stop: z.int(),
        suite: z.array(z.string()),
        message: z.string().optional(),
        trace: z.string().optional(),
        rawStatus: z.string(),
        labels: z.record(z.string(), z.string()).optional(),
        /** `item` is what was pushed, `kept` what the server knows of it. */
        extra: z.object({
          plugfest: z.object({
            item: z.record(z.string(), z.unknown()),
            kept: z.record(z.string(), z.unknown()),
          }),
        }),
      }),
    ),
    summary: z.record(z.string(), z.number()),
  }),
});

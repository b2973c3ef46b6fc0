import * as z from "zod";
import {
  momentSchema,
  safeName,
  safeText,
  sha256Schema,
  slugSchema,
  textMap,
} from "@/lib/core/text";
import { partiesSchema } from "@/lib/results/schema";

/** One push or one sitting, as the client declares it (API.md, "A run"). */
export const runSchema = z.strictObject({
  schema: z.literal("1"),
  track: slugSchema,
  agent: z.strictObject({
    name: safeName(64),
    version: safeName(64),
    host: safeText(255).optional(),
  }),
  source: z.strictObject({
    format: safeName(32),
    runner: safeText(255).optional(),
    files: z
      .array(z.strictObject({ name: safeName(255), sha256: sha256Schema }))
      .max(64)
      .default([]),
  }),
  parties: partiesSchema.optional(),
  environment: textMap(64, 255, 32).default({}),
  plan: z
    .strictObject({
      items: z.int().min(0).optional(),
      tests: z.array(safeName(255)).max(10_000).default([]),
    })
    .optional(),
  startedAt: momentSchema,
  sentAt: momentSchema,
});
export type RunInput = z.output<typeof runSchema>;

export const RUN_STATES = ["open", "complete", "aborted"] as const;

/** What an agent had to leave out, and how much of it. */
export const discardedSchema = z
  .array(
    z.strictObject({
      reason: safeName(64),
      category: safeName(64),
      quantity: z.int().min(0),
    }),
  )
  .max(32)
  .default([]);

export const finishSchema = z.strictObject({
  state: z.enum(["complete", "aborted"]),
  counts: z.strictObject({ items: z.int().min(0) }),
  discarded: discardedSchema,
});
export type FinishInput = z.output<typeof finishSchema>;

export const receiptSchema = z.object({
  run: z.string(),
  state: z.enum(RUN_STATES),
  received: z.int(),
  accepted: z.int(),
  duplicate: z.int(),
  conflict: z.int(),
  rejected: z.int(),
  unmapped: z.int(),
  /** What the agent holds as accepted and the server does not have, in words; planned tests that never came. */
  missing: z.array(z.string()),
  evidencePending: z.array(z.string()),
  /** How many items were planned; null without a plan. */
  planned: z.int().nullable(),
  /** It ended, or fell silent for half an hour, with fewer than planned. */
  truncated: z.boolean(),
});
export type Receipt = z.infer<typeof receiptSchema>;

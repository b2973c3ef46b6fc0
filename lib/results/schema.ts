import * as z from "zod";
import {
  idSchema,
  momentSchema,
  safeName,
  safeText,
  sha256Schema,
  slugSchema,
  textMap,
} from "@/lib/core/text";

/** What may be said of one exchange. DESIGN.md section 4 defines each. */
export const OUTCOMES = [
  "pass",
  "degraded",
  "fail",
  "timeout",
  "error",
  "unsupported",
  "inconclusive",
  "skipped",
] as const;
export const outcomeSchema = z.enum(OUTCOMES);
export type Outcome = z.infer<typeof outcomeSchema>;

export const BATCH_ITEMS = 1000;
export const EXCERPT_BYTES = 16_384;

const bytes = (text: string) => new TextEncoder().encode(text).length;

export const roleKeySchema = slugSchema;

export const partySchema = z.strictObject({
  role: roleKeySchema,
  entry: slugSchema,
  build: safeName(120).optional(),
  /** How far this party got, and what it was to do and did: `answered`, `437`, `200`. */
  stage: safeText(60).optional(),
  expected: safeText(255).optional(),
  observed: safeText(255).optional(),
});
export type PartyInput = z.infer<typeof partySchema>;

export const partiesSchema = z.array(partySchema).min(1).max(16);

export const metricSchema = z.strictObject({
  name: safeName(64),
  value: z.number(),
  unit: safeText(32).default(""),
  repeats: z.int().min(1).optional(),
  deviation: z.number().min(0).optional(),
  conditions: textMap(64, 255, 16).optional(),
  vantage: safeText(64).optional(),
});
export type Metric = z.infer<typeof metricSchema>;

const logSchema = z.strictObject({
  excerpt: safeText(EXCERPT_BYTES).refine((text) => bytes(text) <= EXCERPT_BYTES, {
    error: `At most ${EXCERPT_BYTES} bytes; keep the rest as evidence.`,
  }),
  truncated: z.boolean().default(false),
});

const evidenceSchema = z.strictObject({
  sha256: sha256Schema,
  kind: safeName(32),
  name: safeName(255),
});

const itemShape = {
  id: idSchema,
  test: safeName(255),
  variant: textMap(64, 255, 16).default({}),
  attempt: z.int().min(1).max(1_000_000).default(1),
  parties: partiesSchema.optional(),
  outcome: outcomeSchema,
  rawStatus: safeText(255).optional(),
  unsupportedBy: z.array(roleKeySchema).max(16).default([]),
  startedAt: momentSchema,
  durationMs: z.number().min(0).max(1e12).optional(),
  message: safeText(4096).optional(),
  log: logSchema.optional(),
  metrics: z.array(metricSchema).max(200).optional(),
  labels: textMap(64, 255, 32).optional(),
  evidence: z.array(evidenceSchema).max(32).optional(),
  exchange: safeName(255).optional(),
  supersedes: idSchema.nullish().transform((id) => id ?? undefined),
  void: z.boolean().default(false),
};

/**
 * One result as an agent says it (API.md, "A batch"). Parsing fills defaults, sorts the maps and
 * orders the keys, so that `JSON.stringify` of the output is canonical.
 */
export const itemSchema = z
  .strictObject(itemShape)
  .refine((item) => item.outcome !== "unsupported" || item.unsupportedBy.length > 0, {
    path: ["unsupportedBy"],
    error: "`unsupported` needs the roles that do not support it: unsupportedBy: [role].",
    params: { code: "unsupported_by_missing" },
  })
  .refine((item) => item.outcome === "unsupported" || item.unsupportedBy.length === 0, {
    path: ["unsupportedBy"],
    error: "Only the outcome `unsupported` names who does not support it.",
    params: { code: "unsupported_by_unexpected" },
  })
  .refine((item) => !item.void || item.supersedes !== undefined, {
    path: ["supersedes"],
    error: "`void` retracts a result: name it in `supersedes`.",
    params: { code: "supersedes_missing" },
  });
export type ItemInput = z.output<typeof itemSchema>;

/** The envelope only: each item is parsed by itself, so that a bad one never loses the good. */
export const batchSchema = z.strictObject({
  schema: z.literal("1"),
  items: z.array(z.unknown()).min(1).max(BATCH_ITEMS),
});

export const itemProblemSchema = z.object({
  code: z.string(),
  pointer: z.string(),
  detail: z.string(),
  retryable: z.boolean(),
});
export type ItemProblem = z.infer<typeof itemProblemSchema>;

export const itemReplySchema = z.object({
  id: z.string().nullable(),
  status: z.enum(["accepted", "duplicate", "conflict", "rejected"]),
  unmapped: z.boolean().optional(),
  problem: itemProblemSchema.optional(),
});
export type ItemReply = z.infer<typeof itemReplySchema>;

export const batchReplySchema = z.object({
  received: z.int(),
  accepted: z.int(),
  duplicate: z.int(),
  rejected: z.int(),
  conflict: z.int(),
  unmapped: z.int(),
  items: z.array(itemReplySchema),
});
export type BatchReply = z.infer<typeof batchReplySchema>;

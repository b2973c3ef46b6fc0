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

const excerptSchema = z.strictObject({
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
  log: excerptSchema.optional(),
  metrics: z.array(metricSchema).max(200).optional(),
  labels: textMap(64, 255, 32).optional(),
  evidence: z.array(evidenceSchema).max(32).optional(),
  exchange: safeName(255).optional(),
  supersedes: idSchema.nullish().transform((id) => id ?? undefined),
  void: z.boolean().default(false),
};

type Said = {
  outcome: Outcome;
  unsupportedBy: string[];
  void: boolean;
  supersedes: string | undefined;
};

/** What the parts of an item must not say of each other. */
const CONTRADICTIONS: {
  path: keyof Said;
  code: string;
  message: string;
  isIn(item: Said): boolean;
}[] = [
  {
    path: "unsupportedBy",
    code: "unsupported_by_missing",
    message: "`unsupported` needs the roles that do not support it: unsupportedBy: [role].",
    isIn: (item) => item.outcome === "unsupported" && item.unsupportedBy.length === 0,
  },
  {
    path: "unsupportedBy",
    code: "unsupported_by_unexpected",
    message: "Only the outcome `unsupported` names who does not support it.",
    isIn: (item) => item.outcome !== "unsupported" && item.unsupportedBy.length > 0,
  },
  {
    path: "supersedes",
    code: "supersedes_missing",
    message: "`void` retracts a result: name it in `supersedes`.",
    isIn: (item) => item.void && item.supersedes === undefined,
  },
];

function checkItem(item: Said, context: z.core.$RefinementCtx) {
  for (const { path, code, message, isIn } of CONTRADICTIONS) {
    if (isIn(item)) context.addIssue({ code: "custom", path: [path], message, params: { code } });
  }
}

const itemSchemaOf = <P extends z.ZodType<PartyInput[]>>(parties: P) =>
  z.strictObject({ ...itemShape, parties: parties.optional() }).superRefine(checkItem);

/**
 * One result as an agent says it (API.md, "A batch"). Parsing fills defaults, sorts the maps and
 * orders the keys, so that `JSON.stringify` of the output is canonical.
 */
export const itemSchema = itemSchemaOf(partiesSchema);
export type ItemInput = z.output<typeof itemSchema>;

/** The same, for an item whose list of parties is known to be one that `partiesSchema` gave. */
export const itemSchemaKnowing = (isKnown: (parties: unknown) => boolean) =>
  itemSchemaOf(z.custom<PartyInput[]>(isKnown));

/** A result's place in the order of their arrival, as text: it may grow past what a number holds. */
export const seqSchema = z.string().regex(/^\d{1,18}$/);

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

/** Which part of a run is read back. */
export const runResultsQuerySchema = z.object({
  after: seqSchema.default("0"),
  limit: z.coerce.number().int().min(1).max(BATCH_ITEMS).default(500),
});
export type RunResultsQuery = z.output<typeof runResultsQuerySchema>;

/** A result of one's own run as it is stored; what was not told is null. */
const storedItemSchema = z.object({
  id: z.string(),
  test: z.string(),
  testVersion: z.int().nullable(),
  variant: z.record(z.string(), z.string()),
  attempt: z.int(),
  parties: z.array(partySchema),
  outcome: outcomeSchema,
  rawStatus: z.string().nullable(),
  unsupportedBy: z.array(z.string()),
  startedAt: z.string(),
  durationMs: z.number().nullable(),
  message: z.string().nullable(),
  log: excerptSchema.nullable(),
  metrics: z.array(metricSchema).nullable(),
  labels: z.record(z.string(), z.string()).nullable(),
  evidence: z.array(evidenceSchema).nullable(),
  exchange: z.string().nullable(),
  supersedes: z.string().nullable(),
  void: z.boolean(),
  unmapped: z.boolean(),
  late: z.boolean(),
  backfilled: z.boolean(),
  receivedAt: z.string(),
});
export type StoredItem = z.output<typeof storedItemSchema>;

export const runResultsSchema = z.object({
  run: z.string(),
  items: z.array(storedItemSchema),
  /** What `after` is next; null when there is no more. */
  next: z.string().nullable(),
});
export type RunResults = z.output<typeof runResultsSchema>;

/** What a person is told of what they have just said. */
export type Logged = { id: string; seq: string; cellId: string; isNew: boolean };

/** A result that names an entry of the reader's which has not said anything about it. */
export type AwaitingLine = {
  seq: string;
  /** The entry whose word is waited for. */
  own: { slug: string; name: string };
  track: { slug: string; title: string; restricted: boolean };
  cellId: string;
  test: { key: string; title: string };
  variant: Record<string, string>;
  parties: { role: string; entry: string; name: string; build: string | null }[];
  outcome: Outcome;
  /** The entry that says so; null for a neutral harness. */
  reporter: { slug: string; name: string } | null;
  origin: "person" | "agent";
  by: string | null;
  startedAt: string;
  /** Markdown when a person wrote it. */
  message: string | null;
};
export type Awaiting = {
  zone: string;
  lines: AwaitingLine[];
  total: number;
  /** Another one means that something else waits. */
  stamp: string;
};

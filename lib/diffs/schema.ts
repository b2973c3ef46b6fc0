import * as z from "zod";
import type { BaselineLine } from "@/lib/baselines/schema";
import { safeText } from "@/lib/core/text";
import { outcomeSchema } from "@/lib/results/schema";

/** How a cell differs between two matrices, the gravest first. */
export const DIFFERENCES = ["regressed", "fixed", "changed", "new", "gone"] as const;
const differenceSchema = z.enum(DIFFERENCES);
export type Difference = z.infer<typeof differenceSchema>;

const SIDE =
  /^(now|0|[1-9]\d{0,18}|\d{4}-\d\d-\d\d(T\d\d:\d\d)?|edition:[a-z0-9][a-z0-9-]{0,63}|build:[a-z0-9][a-z0-9-]{0,63}@[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

/** The expected baseline, as a side: what one compares with, and never what is compared. */
export const BASELINE_SIDE = "baseline";

/**
 * `now`, a position, a day or a time in the event's zone, `edition:` and another event's slug, or
 * `build:`, an entry's slug, `@` and the id of a build that it ran: a label may hold any character.
 */
const sideSchema = safeText(120).regex(SIDE, {
  error:
    "This is no moment; give `now`, a position, 2026-11-20, 2026-11-20T14:00, `edition:` and an event, or `build:ENTRY@ID`.",
});
const NO_SIDE =
  "This is nothing to compare with; give `baseline`, `now`, a position, 2026-11-20, 2026-11-20T14:00, `edition:` and an event, or `build:ENTRY@ID`.";

export const diffQuerySchema = z.object({
  from: z.union([z.literal(BASELINE_SIDE), sideSchema], { error: NO_SIDE }).optional(),
  to: sideSchema.optional(),
});
export type DiffQuery = z.infer<typeof diffQuerySchema>;

const saidSchema = z.object({
  /** `expected`: by the track's baseline, whatever the results say. */
  state: z.enum(["planned", "reported", "confirmed", "disputed", "settled", "expected"]),
  outcome: outcomeSchema.nullable(),
  latestAt: z.string().nullable(),
  url: z.string(),
});
export type SaidThen = z.infer<typeof saidSchema>;

const differingSchema = z.object({
  kind: differenceSchema,
  /** The grid's roles joined by "+". */
  grid: z.string(),
  test: z.string(),
  /** role -> the entry's name */
  parties: z.record(z.string(), z.string()),
  variant: z.record(z.string(), z.string()),
  before: saidSchema.nullable(),
  after: saidSchema.nullable(),
});
export type Differing = z.infer<typeof differingSchema>;

const endSchema = z.object({
  /** As it was asked for. */
  side: z.string(),
  event: z.string(),
  track: z.string(),
  asOf: z.string(),
});

export const matrixDiffSchema = z.object({
  from: endSchema,
  to: endSchema,
  /** Cells on either side that may be told. */
  compared: z.int(),
  same: z.int(),
  counts: z.record(differenceSchema, z.int()),
  /** Places where a cell of either side is withheld: nothing of them is compared. */
  withheld: z.int(),
  cells: z.array(differingSchema),
});
export type MatrixDiff = z.infer<typeof matrixDiffSchema>;

/** What the page offers beside the differences. */
export type DiffPage = {
  diff: MatrixDiff;
  /** Days with changes, in the event's zone, the latest first. */
  days: string[];
  /** Other events of the series that the reader may know of. */
  editions: { slug: string; label: string }[];
  /** Entries that ran two builds or more here, each build with the side it is. */
  builds: OfferedBuilds[];
  /** Null where nothing is expected. */
  baseline: BaselineLine | null;
  /** Whether the reader may take another baseline or drop this one. */
  maySetBaseline: boolean;
};
export type OfferedBuilds = { entry: string; builds: { side: string; label: string }[] };

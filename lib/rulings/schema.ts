import * as z from "zod";
import { safeText, slugSchema } from "@/lib/core/text";
import { type Outcome, outcomeSchema } from "@/lib/results/schema";

/** Why the sides contradicted each other, as the lead found. */
export const RULING_CAUSES = [
  "sides",
  "specification",
  "test",
  "harness",
  "network",
  "unknown",
] as const;
export type RulingCause = (typeof RULING_CAUSES)[number];

/** A verdict says how it went; that nobody ran it is none. */
const verdictSchema = outcomeSchema.exclude(["skipped"], { error: "Choose an outcome." });
export const VERDICTS = verdictSchema.options;

const reasonSchema = z
  .string()
  .trim()
  .pipe(safeText(2000).min(1, "Say why: both sides will read it."));

export const rulingSchema = z
  .strictObject({
    outcome: verdictSchema,
    cause: z.enum(RULING_CAUSES, { error: "Choose a cause." }),
    /** Slugs of the entries whose fault it is; only where the cause is the sides. */
    atFault: z.array(slugSchema).max(8).default([]),
    reason: reasonSchema,
    /** How many results there were to read: another number, and something came in between. */
    attempts: z.coerce.number().int().min(0),
  })
  .refine(({ cause, atFault }) => (cause === "sides") === atFault.length > 0, {
    path: ["atFault"],
    error: "Name the entries at fault where the cause is a side, and only there.",
  });
export type RulingInput = z.output<typeof rulingSchema>;

export const takingBackSchema = z.strictObject({ reason: reasonSchema });

/** A lead's remark on a cell; empty takes it away. */
export const noteSchema = z.string().trim().pipe(safeText(1000));

/** A ruling as the cell's page tells it. */
export type RulingLine = {
  id: string;
  /** Null: it took the ruling before it back. */
  outcome: Outcome | null;
  cause: RulingCause;
  /** Names of entries. */
  atFault: string[];
  reason: string;
  by: string;
  at: string;
  /** Whether it is the one in force; it shows while the sides still contradict each other on its builds. */
  inForce: boolean;
};

/** What leads have said of a cell, and what the reader may do about it. */
export type CellDesk = {
  /** Newest first. */
  rulings: RulingLine[];
  note: { text: string; by: string; at: string } | null;
  /** By the track's baseline; null for nothing, and for who may not set it. */
  expected: Outcome | null;
  /** Whom a nudge is for; empty for who may not nudge. */
  silent: SilentEntry[];
  may: {
    settle: boolean;
    /** Why the reader, who may settle others, may not settle this one. */
    ownProject: boolean;
    annotate: boolean;
    nudge: boolean;
    /** Say what is expected of the cell. */
    expect: boolean;
  };
};

export type SilentEntry = { entry: string; name: string; nudgedAt: string | null };

import * as z from "zod";
import { type Metric, outcomeSchema } from "@/lib/results/schema";

/** What is known of one cell; DESIGN.md section 4. */
export const STATES = [
  "notApplicable",
  "untested",
  "planned",
  "reported",
  "confirmed",
  "disputed",
  "settled",
] as const;
export const stateSchema = z.enum(STATES);
export type CellState = z.infer<typeof stateSchema>;

export const OVERLAYS = ["stale", "flaky", "knownIssue", "restricted"] as const;
export const overlaySchema = z.enum(OVERLAYS);
export type Overlay = z.infer<typeof overlaySchema>;

export const ORIGINS = ["person", "agent"] as const;
export type Origin = (typeof ORIGINS)[number];

/** One result, reduced to what the fold looks at. */
export const utteranceSchema = z.object({
  /** The entry whose word it is, by id; "" for a neutral harness. */
  speaker: z.string(),
  origin: z.enum(ORIGINS),
  /** The parties' builds, as `buildsSignature` writes them. */
  builds: z.string(),
  outcome: outcomeSchema,
  /** Milliseconds since 1970. */
  startedAt: z.number(),
  attempt: z.number(),
  id: z.string(),
  seq: z.string(),
  testVersion: z.number(),
  exchange: z.string().nullable(),
  /** The seq of the result that it answers. */
  answers: z.string().nullable(),
  /** "Not us": denies having taken part in the exchange it answers. */
  denial: z.boolean(),
});
export type Utterance = z.infer<typeof utteranceSchema>;

/** What one speaker said by one way on one set of builds, newest first. */
export type Voice = { decisive: Utterance[]; idle: Utterance | null };

/**
 * What the fold remembers of a cell: enough to take in one more result without reading the
 * others. Keyed by speaker, origin and builds. `pruned`: older builds have been let go.
 */
export type Voices = { voices: Record<string, Voice>; pruned: boolean };

/** A ruling on a cell, reduced to what decides whether it shows. */
export type RulingInForce = {
  outcome: z.infer<typeof outcomeSchema>;
  /** What it was made for, as `buildsSignature` writes it. */
  builds: string;
};

/** What the matrix shows of a cell that has results. The fold alone never settles. */
export type CellView = {
  state: "untested" | "reported" | "confirmed" | "disputed" | "settled";
  outcome: z.infer<typeof outcomeSchema> | null;
  /** Sides that have spoken or are spoken for, of all sides. */
  sides: number;
  sidesOf: number;
  flaky: boolean;
  builds: string;
  testVersion: number;
  latestAt: number | null;
};

/** A cell as its own page shows it: what is known, and every result that says so. */
export type CellPage = {
  id: string;
  track: { slug: string; title: string; restricted: boolean };
  test: { key: string; title: string; version: number; level: string; measured: boolean };
  variant: Record<string, string>;
  parties: {
    role: string;
    roleLabel: string;
    entry: string;
    /** Slug of the entry's project. */
    project: string;
    name: string;
    kind: string;
    build: string | null;
    currentBuild: string | null;
    /** Labels, the current one first. */
    builds: string[];
    /** Whether the reader is one of its people. */
    isOwn: boolean;
  }[];
  state: CellState;
  outcome: z.infer<typeof outcomeSchema> | null;
  sides: number;
  sidesOf: number;
  attempts: number;
  flaky: boolean;
  stale: boolean;
  /** A known issue explains it. */
  knownIssue: boolean;
  latestAt: string | null;
  /** Another one means that the page would show something else. */
  stamp: string;
  /** Newest first. */
  results: ResultLine[];
};

export type ResultLine = {
  seq: string;
  id: string;
  /** Entry name, or null for a neutral harness. */
  reporter: string | null;
  /** The same by its slug. */
  entry: string | null;
  /** The seq of the other side's result that it answers. */
  answers: string | null;
  /** "Not us": then the outcome says nothing. */
  isDenial: boolean;
  origin: Origin;
  /** The agent's name, or the person's for those who take part. */
  by: string | null;
  outcome: z.infer<typeof outcomeSchema>;
  rawStatus: string | null;
  test: string;
  attempt: number;
  startedAt: string;
  receivedAt: string;
  durationMs: number | null;
  message: string | null;
  log: { excerpt: string; truncated: boolean } | null;
  metrics: Metric[];
  labels: Record<string, string>;
  exchange: string | null;
  unsupportedBy: string[];
  parties: {
    role: string;
    name: string;
    build: string | null;
    stage: string | null;
    expected: string | null;
    observed: string | null;
  }[];
  run: { id: string; runner: string | null; state: string };
  isVoid: boolean;
  isSuperseded: boolean;
  backfilled: boolean;
  late: boolean;
};

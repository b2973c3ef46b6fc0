import * as z from "zod";
import type { CatalogueTest, CatalogueTrack } from "@/lib/tracks/schema";

/** A test case as its track's lead edits it, with what hangs on it. */
export type PlannedTest = {
  id: string;
  number: number;
  version: number;
  retired: boolean;
  content: CatalogueTest;
  /** The shapes of the cells that have results of it, each once. */
  shapes: { variant: Record<string, string>; roles: string[] }[];
};

export type Plan = {
  trackId: string;
  /** The track without its tests, as an export has it. */
  track: Omit<CatalogueTrack, "tests">;
  /** In their order; the retired last. */
  tests: PlannedTest[];
};

/** What a plan's page shows of a test. */
export type PlanRow = {
  key: string;
  title: string;
  version: number;
  level: CatalogueTest["level"];
  kind: CatalogueTest["kind"];
  retired: boolean;
  hasResults: boolean;
};

export type PlanPage = { track: Plan["track"]; rows: PlanRow[] };

/** A test on its page of the plan. */
export type PlannedPage = {
  track: Plan["track"];
  content: CatalogueTest;
  version: number;
  retired: boolean;
  hasResults: boolean;
  /** Tells this state from any other: what was changed meanwhile is not overwritten. */
  seen: string;
  /** Newest first. */
  versions: { version: number; publishedAt: string; by: string | null }[];
};

export const seenSchema = z.string().regex(/^[0-9a-f]{16}$/, "Open the test's page again.");

export const DIRECTIONS = ["up", "down"] as const;
export type Direction = (typeof DIRECTIONS)[number];

/** What becomes of a test when a plan is taken in. */
export const FATES = ["added", "newVersion", "reworded", "unchanged", "refused", "kept"] as const;
export type Fate = (typeof FATES)[number];

export type PlanLine = {
  /** Null for what the tests share: roles, notes, texts of the track. */
  key: string | null;
  title: string;
  fate: Fate;
  /** Which of its fields differ. */
  fields: string[];
  /** Where it does not fit, and why. */
  faults: { pointer: string; message: string }[];
};

export type ImportPreview = { lines: PlanLine[]; seen: string };

/** How much of a plan is taken in at once. */
export const PLAN_BYTES = 2_000_000;
export const planTextSchema = z
  .string()
  .min(1, "Choose a file, or paste the plan.")
  .max(PLAN_BYTES, "More than 2 MB: that is no test plan.");

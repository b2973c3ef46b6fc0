import * as z from "zod";
import { slugSchema as slug } from "@/lib/core/text";
import type { Outcome } from "@/lib/results/schema";
import type { SilentEntry } from "@/lib/rulings/schema";

// The shapes of a track's test plan, as the catalogue keeps it and as a track exports it.

const TEST_KINDS = ["solo", "pair", "group"] as const;
const TEST_LEVELS = ["must", "should", "may"] as const;

/**
 * ETSI EG 202 798's kinds of step: change a set-up, provoke something, watch what the
 * implementations do, read what is on the wire.
 */
const STEP_PHASES = ["configure", "stimulus", "verify", "check"] as const;

const text = (longest: number) => z.string().trim().min(1).max(longest);
const count = z.number().int().min(0).max(16);
const lines = z.array(text(400)).max(24);

const testKeySchema = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$/);

/** A name by which a tool calls a test: free text without control characters. */
const testAliasSchema = z
  .string()
  .regex(/^[^\p{Cc}]+$/u)
  .min(2)
  .max(255);

/** `{ name: [value, ...] }`: every result names one value of each. */
const declaredVariantsSchema = z.record(
  z.string().regex(/^[a-z][a-z0-9-]{0,31}$/),
  z
    .array(z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._+/:-]{0,63}$/))
    .min(1)
    .max(24),
);

/** `verified` is false where nobody has read the cited text; pages print that mark. */
const referenceSchema = z.strictObject({ cite: text(160), verified: z.boolean() });

const stepSchema = z.strictObject({ phase: z.enum(STEP_PHASES), text: text(400) });

/** What one reference profile takes for the right answer: SIP codes, or a tool's own words. */
const acceptedAnswerSchema = z.strictObject({
  codes: z.array(z.string().regex(/^[A-Za-z0-9-][A-Za-z0-9 _.-]{0,31}$/)).max(12),
  note: text(400).optional(),
});

/** `vantage` says where the figure is taken: two places give two figures. */
const measurementSchema = z.strictObject({
  id: slug,
  name: z.string().regex(/^[a-z][a-z0-9_]{0,63}$/),
  unit: text(32),
  how: text(240),
  vantage: text(64),
  reference: referenceSchema.optional(),
});

const roleUseSchema = z
  .strictObject({ key: slug, min: count, max: count })
  .refine((role) => role.max >= Math.max(1, role.min), "max must be at least 1 and at least min");

export const catalogueTestSchema = z.strictObject({
  key: testKeySchema,
  title: text(160),
  kind: z.enum(TEST_KINDS),
  directional: z.boolean().default(true),
  level: z.enum(TEST_LEVELS),
  measured: z.boolean().default(false),
  aliases: z.array(testAliasSchema).max(64).default([]),
  /** The variant that an alias stands for, where the test has several. */
  aliasVariants: z.record(testAliasSchema, z.record(z.string(), z.string())).default({}),
  roles: z.array(roleUseSchema).min(1).max(8),
  variants: declaredVariantsSchema.default({}),
  purpose: text(400),
  preconditions: lines.default([]),
  steps: z.array(stepSchema).min(1).max(24),
  expected: text(800),
  passCriteria: text(600),
  failCriteria: text(600),
  accepted: z.record(slug, acceptedAnswerSchema).default({}),
  measurements: z.array(measurementSchema).max(16).default([]),
  references: z.array(referenceSchema).max(24).default([]),
  evidence: lines.default([]),
  sources: lines.default([]),
  automation: text(400).optional(),
});

const trackRoleSchema = z.strictObject({ key: slug, label: text(80) });

const trackNotesSchema = z.strictObject({
  rulesOfEngagement: lines.optional(),
  commonConditions: lines.optional(),
});

export const catalogueTrackSchema = z.strictObject({
  slug,
  title: text(80),
  intro: text(2000),
  restricted: z.boolean().default(false),
  profile: slug.default("rfc"),
  notes: trackNotesSchema.default({}),
  roles: z.array(trackRoleSchema).min(1).max(24),
  tests: z.array(catalogueTestSchema).max(400),
});

export type TestKind = (typeof TEST_KINDS)[number];
export type TestLevel = (typeof TEST_LEVELS)[number];
export type DeclaredVariants = z.infer<typeof declaredVariantsSchema>;
export type CatalogueTest = z.infer<typeof catalogueTestSchema>;
export type CatalogueTrack = z.infer<typeof catalogueTrackSchema>;

/** What a test case holds beside its columns, as `TestCase.body` keeps it. */
export const testBodySchema = catalogueTestSchema.pick({
  aliasVariants: true,
  purpose: true,
  preconditions: true,
  steps: true,
  expected: true,
  passCriteria: true,
  failCriteria: true,
  accepted: true,
  measurements: true,
  references: true,
  evidence: true,
  sources: true,
  automation: true,
});
export type TestBody = z.infer<typeof testBodySchema>;

export type TestPage = TestBody & {
  key: string;
  version: number;
  title: string;
  kind: TestKind;
  directional: boolean;
  level: TestLevel;
  measured: boolean;
  aliases: string[];
  roles: { key: string; label: string; min: number; max: number }[];
  variants: DeclaredVariants;
};

/** A track's test plan, as its page shows it. */
export type TrackPage = {
  slug: string;
  title: string;
  intro: string;
  restricted: boolean;
  profile: string;
  notes: z.infer<typeof trackNotesSchema>;
  roles: { key: string; label: string }[];
  leads: string[];
  /** Its tests measure, or results came with figures. */
  isMeasured: boolean;
  /** Whether the reader leads it, or organizes the event. */
  mayLead: boolean;
  tests: TestPage[];
};

/** How long one side's word may wait before it counts as stalled. */
export const stalledHoursSchema = z.coerce
  .number({ error: "A number of hours." })
  .int("Whole hours.")
  .min(1, "At least 1 hour.")
  .max(720, "At most 720 hours.");

/** A cell that waits: for a ruling, or for the word of a side. */
export type DeskCell = {
  id: string;
  test: string;
  title: string;
  variant: Record<string, string>;
  state: "disputed" | "reported";
  outcome: Outcome | null;
  parties: { role: string; entry: string; name: string }[];
  /** When the last result of it came in. */
  heardAt: string;
  isStalled: boolean;
  silent: SilentEntry[];
};

export type DeskActivity = {
  id: string;
  at: string;
  kind: "cell" | "ruling" | "note" | "nudge" | "mapping" | "test";
  detail: Record<string, unknown>;
  /** Of the cell it is about, where it is about one. */
  test: string | null;
  cellId: string | null;
  names: string[] | null;
};

/** What waits for a track's lead. The lists are bounded; the totals are of all. */
export type LeadDesk = {
  asOf: string;
  stalledHours: number;
  disputed: { total: number; cells: DeskCell[] };
  /** Reported and unconfirmed, the longest silent first. */
  awaiting: { total: number; stalled: number; cells: DeskCell[] };
  orphans: { role: string; label: string; tests: string[] }[];
  activity: DeskActivity[];
};

import * as z from "zod";
import { overlaySchema } from "@/lib/cells/schema";
import { shownCellSchema } from "@/lib/matrices/schema";
import type { RollupNumbers } from "@/lib/rollups/rules";

const partySchema = z.object({
  role: z.string(),
  roleLabel: z.string(),
  /** Slug of the project, when it is one of the two; null for a third party. */
  project: z.string().nullable(),
  entry: z.string(),
  name: z.string(),
  /** Label of the build that the latest result is about; null for none known. */
  build: z.string().nullable(),
});
export type CoupleParty = z.infer<typeof partySchema>;

const placeSchema = z.object({
  test: z.object({ key: z.string(), title: z.string() }),
  /** The same in every edition that has the test. */
  lineage: z.string(),
  parties: z.array(partySchema),
});

const { id, url, variant, state, outcome, latestAt } = shownCellSchema.shape;
const told = { id, url, variant, state, outcome, latestAt, overlays: z.array(overlaySchema) };
const toldSchema = placeSchema.extend(told);

/** A cell with both projects among its parties, as the reader's matrix of its track tells it. */
const cellSchema = z.union([toldSchema, placeSchema.extend({ state: z.literal("withheld") })]);
export type CoupleCell = z.infer<typeof cellSchema>;

const eventSchema = z.object({
  slug: z.string(),
  label: z.string(),
  zone: z.string(),
  tracks: z.array(z.object({ slug: z.string(), title: z.string(), cells: z.array(cellSchema) })),
});
export type CoupleEvent = z.infer<typeof eventSchema>;

const projectSchema = z.object({ slug: z.string(), name: z.string() });

export const coupleSchema = z.object({
  /** In the order of their slugs, which is the order in the address of the page. */
  projects: z.tuple([projectSchema, projectSchema]),
  /** The newest first. */
  events: z.array(eventSchema),
});
/** What two projects have tested together. */
export type Couple = z.infer<typeof coupleSchema>;

const endSchema = z.object({ event: z.string(), url: z.string() });

/** A test that says something else in the newest edition that has it than in the one before. */
const turnSchema = z.object({
  kind: z.enum(["fixed", "regressed"]),
  cell: toldSchema,
  before: endSchema,
  now: endSchema,
});
export type Turn = z.infer<typeof turnSchema>;

/** The same for scripts, with what the page concludes from it. */
export const coupleAnswerSchema = coupleSchema.extend({
  /** The sentence at the head of the page. */
  answer: z.string(),
  turns: z.array(turnSchema),
});

/** A project that another one was tested with, and what came of all their cells. */
export type Partner = z.infer<typeof projectSchema> & { numbers: RollupNumbers };

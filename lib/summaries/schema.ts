import * as z from "zod";
import { safeText } from "@/lib/core/text";
import type { Phase } from "@/lib/events/schema";

// A published summary is a stored value: the page, its twins and the preview are drawn from this
// shape alone. What is stored stays readable, so a field is only ever added, with a new `format`.

export const SUMMARY_FORMAT = 1;

export const BLOCK_STATES = ["todo", "draft", "ready"] as const;
export const blockStateSchema = z.enum(BLOCK_STATES);
export type BlockState = z.infer<typeof blockStateSchema>;

/** A number with its denominator in words, the page that shows the same cells, and the data. */
export const figureSchema = z.object({
  key: z.string(),
  label: z.string(),
  value: z.int(),
  /** `30 of 40 applicable combinations` */
  words: z.string(),
  page: z.string().nullable(),
  data: z.string().nullable(),
});
export type Figure = z.infer<typeof figureSchema>;

/** possible >= applicable >= executed >= confirmed >= passed; the others stand beside them. */
export const numbersSchema = z.object({
  possible: z.int(),
  applicable: z.int(),
  executed: z.int(),
  confirmed: z.int(),
  passed: z.int(),
  disputed: z.int(),
  settled: z.int(),
  /** Cells that their entries have not agreed to show. They are in none of executed to settled. */
  withheld: z.int(),
});
export type Numbers = z.infer<typeof numbersSchema>;

const tallySchema = z.object({
  executed: z.int(),
  confirmed: z.int(),
  passed: z.int(),
  disputed: z.int(),
  withheld: z.int(),
});
export type Tally = z.infer<typeof tallySchema>;

const gridSummarySchema = z.object({
  /** Labels of the roles on the rows and on the columns, and of those beyond. */
  rowRole: z.string(),
  columnRole: z.string().nullable(),
  otherRoles: z.array(z.string()),
  /** Names of entries that agreed to be named; the others are counted. */
  rows: z.array(z.string()),
  columns: z.array(z.string()),
  unnamed: z.int(),
  tests: z.array(
    tallySchema.extend({
      key: z.string(),
      title: z.string(),
      level: z.enum(["must", "should", "may"]),
      /** Its outcome says only whether the measurement is valid. */
      measured: z.boolean(),
    }),
  ),
  /** By place in `rows` and `columns`; pairs of which nothing is known are left out. */
  pairs: z.array(tallySchema.extend({ row: z.int(), column: z.int().nullable() })),
});
export type GridSummary = z.infer<typeof gridSummarySchema>;

const linkSchema = z.object({ kind: z.string(), label: z.string(), url: z.string().nullable() });

const issueLineSchema = z.object({
  number: z.int(),
  title: z.string(),
  kind: z.string(),
  severity: z.string(),
  state: z.enum(["open", "fixedLive", "fixedAfter", "known", "wontFix", "invalid"]),
  /** Whose it is to mend; null where nobody is named. */
  project: z.string().nullable(),
  links: z.array(linkSchema),
  page: z.string(),
});
export type IssueLine = z.infer<typeof issueLineSchema>;

const regressionSchema = z.object({
  test: z.string(),
  variant: z.record(z.string(), z.string()),
  parties: z.array(
    z.object({ role: z.string(), entry: z.string(), from: z.string(), to: z.string() }),
  ),
  outcome: z.string(),
  page: z.string(),
});
export type Regression = z.infer<typeof regressionSchema>;

const textSchema = z.object({ title: z.string(), body: z.string() });

const trackShape = {
  slug: z.string(),
  title: z.string(),
  leads: z.array(z.string()),
  texts: z.array(textSchema),
};

/** Of a restricted track only that it took place, who led it, and its lead's own words. */
const restrictedTrackSchema = z.object({ ...trackShape, restricted: z.literal(true) });
const openTrackSchema = z.object({
  ...trackShape,
  restricted: z.literal(false),
  participants: z.array(z.object({ entry: z.string(), roles: z.array(z.string()) })),
  /** Participants who have not agreed to be named. */
  unnamed: z.int(),
  helpers: z.array(z.object({ entry: z.string(), roles: z.array(z.string()) })),
  figures: z.array(figureSchema),
  coverage: z.string(),
  passRate: z.string(),
  grids: z.array(gridSummarySchema),
  issues: z.array(issueLineSchema),
  issueFigures: z.array(figureSchema),
  regressions: z.array(regressionSchema),
});
export type OpenTrack = z.infer<typeof openTrackSchema>;

/** A statement of a published account (lib/events/schema.ts), with whoever is unnamed concealed. */
const toldSchema = z.object({
  about: z.string(),
  text: z.string(),
  figure: z.object({ value: z.number(), unit: z.string() }).optional(),
  track: z.string().optional(),
  source: z.string(),
});

export const summaryBodySchema = z.object({
  format: z.literal(SUMMARY_FORMAT),
  event: z.object({
    slug: z.string(),
    label: z.string(),
    intro: z.string(),
    place: z.string(),
    zone: z.string(),
    startsAt: z.string().nullable(),
    endsAt: z.string().nullable(),
  }),
  entries: z.array(
    z.object({ entry: z.string(), project: z.string(), build: z.string().nullable() }),
  ),
  unnamed: z.int(),
  figures: z.array(figureSchema),
  coverage: z.string(),
  passRate: z.string(),
  texts: z.array(textSchema),
  statements: z.array(toldSchema),
  tracks: z.array(z.discriminatedUnion("restricted", [openTrackSchema, restrictedTrackSchema])),
  /** Issues of no track. */
  issues: z.array(issueLineSchema),
  thanks: z.object({
    sponsors: z.array(z.object({ name: z.string(), url: z.string(), note: z.string() })),
    organizers: z.array(z.string()),
    found: z.array(z.string()),
    fixed: z.array(z.string()),
    helped: z.array(z.string()),
  }),
});
export type SummaryBody = z.infer<typeof summaryBodySchema>;

const versionLineSchema = z.object({
  version: z.int(),
  publishedAt: z.string(),
  changelog: z.string(),
});
export type VersionLine = z.infer<typeof versionLineSchema>;

/** A published version as its page and its twins show it. */
export const publishedSchema = versionLineSchema.extend({
  body: summaryBodySchema,
  /** All versions, the newest first. */
  versions: z.array(versionLineSchema),
});
export type PublishedSummary = z.infer<typeof publishedSchema>;

/** Which block: the event's own text, a track's own text, or a further one by its id. */
export const blockKeySchema = z.union([
  z.literal("overview"),
  z.string().regex(/^track-[a-z0-9-]{1,60}$/),
  z.uuid(),
]);

const said = (least: number, most: number) =>
  z.string().trim().min(least).max(most).pipe(safeText(most));
export const blockSchema = z.strictObject({
  title: said(1, 120),
  body: said(0, 8000),
  state: blockStateSchema,
  /** Null for nobody in particular. */
  assigneeId: z.uuid().nullish(),
  /** The revision that the writer has read; 0 where nothing was written yet. */
  revision: z.int().min(0),
});
export type BlockInput = z.output<typeof blockSchema>;

/** A text of the account as the desk shows it. */
export type Block = {
  key: string;
  id: string | null;
  track: { slug: string; title: string } | null;
  title: string;
  body: string;
  state: BlockState;
  assignee: { id: string; name: string } | null;
  revision: number;
  updatedBy: string | null;
  updatedAt: string | null;
  mayWrite: boolean;
};

export const CHECK_KINDS = [
  "text",
  "unconfirmed",
  "disputed",
  "consent",
  "restricted",
  "small",
  "issue",
  "unmapped",
] as const;
/** Something to look at before publishing: none of it forbids to publish. */
export type Check = { kind: (typeof CHECK_KINDS)[number]; says: string; page: string | null };

/** What the desk shows. */
export type Desk = {
  label: string;
  zone: string;
  phase: Phase;
  blocks: Block[];
  checks: Check[];
  figures: Figure[];
  coverage: string;
  passRate: string;
  /** Null numbers for a restricted track. */
  tracks: {
    slug: string;
    title: string;
    numbers: { coverage: string; passRate: string } | null;
  }[];
  versions: VersionLine[];
  /** Whom a text can be given to. */
  people: { id: string; name: string }[];
  isOrganizer: boolean;
};

/** The would-be snapshot, and the digest by which publishing knows that it was read. */
export type Preview = {
  body: SummaryBody;
  digest: string;
  checks: number;
  nextVersion: number;
  phase: Phase;
  /** By role and phase. */
  mayPublish: boolean;
  isOrganizer: boolean;
};

export const publicationSchema = z.object({
  digest: z.string().regex(/^[0-9a-f]{64}$/),
  changelog: said(0, 2000).default(""),
});
export type Publication = z.output<typeof publicationSchema>;

/** Which version a twin is asked for; the latest when none is named. */
export const versionQuerySchema = z.object({
  version: z.coerce
    .number()
    .int()
    .min(1)
    .max(100_000)
    .nullish()
    .transform((version) => version ?? null),
});

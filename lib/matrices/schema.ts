import * as z from "zod";
import { overlaySchema } from "@/lib/cells/schema";
import { type Outcome, outcomeSchema } from "@/lib/results/schema";

/** `GET …/matrix.json` (API.md, "Reading"): one grid per role signature. */
export const axisSchema = z.object({
  entry: z.string(),
  name: z.string(),
  kind: z.enum(["participant", "helper", "tool"]),
  build: z.string().nullable(),
});
export type Axis = z.infer<typeof axisSchema>;

export const shownCellSchema = z.object({
  row: z.int(),
  column: z.int().nullable(),
  test: z.int(),
  /** Roles beyond the two axes: role -> entry. */
  others: z.record(z.string(), z.string()),
  variant: z.record(z.string(), z.string()),
  state: z.enum(["planned", "reported", "confirmed", "disputed", "settled"]),
  outcome: outcomeSchema.nullable(),
  sides: z.int(),
  sidesOf: z.int(),
  attempts: z.int(),
  overlays: z.array(overlaySchema),
  latestAt: z.string().nullable(),
  id: z.string(),
  url: z.string(),
});
export type ShownCell = z.infer<typeof shownCellSchema>;

/** A cell that its entries have not agreed to show: nothing more is told. */
export const withheldCellSchema = z.object({
  row: z.int(),
  column: z.int().nullable(),
  test: z.int(),
  state: z.literal("withheld"),
});

export const matrixCellSchema = z.union([shownCellSchema, withheldCellSchema]);
/** `aside`: only of a page; the cell is there, and not what the page's query asks for. */
export type MatrixCell = z.infer<typeof matrixCellSchema> & { aside?: true };

/** possible >= applicable >= executed >= confirmed >= passed: each inside the one before. */
export const countsSchema = z.object({
  possible: z.int(),
  applicable: z.int(),
  executed: z.int(),
  confirmed: z.int(),
  passed: z.int(),
});
export type Counts = z.infer<typeof countsSchema>;

export const gridTestSchema = z.object({
  key: z.string(),
  version: z.int(),
  title: z.string(),
  level: z.enum(["must", "should", "may"]),
  measured: z.boolean(),
  variants: z.record(z.string(), z.array(z.string())),
});
export type GridTest = z.infer<typeof gridTestSchema>;

export const gridSchema = z.object({
  roles: z.object({
    rows: z.string(),
    columns: z.string().nullable(),
    others: z.array(z.string()),
  }),
  rows: z.array(axisSchema),
  columns: z.array(axisSchema),
  tests: z.array(gridTestSchema),
  /** Only what is not untested. */
  cells: z.array(matrixCellSchema),
  counts: countsSchema,
});
export type Grid = z.infer<typeof gridSchema>;

/**
 * A moment, as a Postgres transaction id (xid8) in decimal. 19 digits always fit into its 64 bits; a
 * leading zero would be read as octal (PostgreSQL 18, xid8in uses strtoull with base 0).
 */
export const positionSchema = z.string().regex(/^(0|[1-9]\d{0,18})$/, {
  error: "This is no position; use one that an earlier answer gave.",
});

export const matrixSchema = z.object({
  event: z.string(),
  track: z.string(),
  asOf: z.string(),
  generatedAt: z.string(),
  grids: z.array(gridSchema),
});
export type Matrix = z.infer<typeof matrixSchema>;

/** What the page has beside the grids. */
export type TrackMatrix = {
  matrix: Matrix;
  title: string;
  restricted: boolean;
  /** The event's catalogue version: another one has other axes or tests. */
  version: number;
  /** What of the track the reader may see: another one draws other cells. */
  sight: string;
  /** role key -> label */
  roleLabels: Record<string, string>;
};

/**
 * What a page draws first. `told`: all cells; those on the axes that its view asks for; or none, since
 * there would be more than a plain table should have.
 */
export type MatrixPage = TrackMatrix & {
  told: "all" | "part" | "axes";
  /** The event's, whose days a query's days are. */
  zone: string;
  /** Of a snapshot, when the last change in it was made; null where that would tell of others' cells. */
  lastChangeAt: string | null;
};

/** No catalogue has this version: what a reader is told when all has to be drawn anew. */
export const NO_VERSION = 0;

/** A cell as the live stream names it: by words, since a reader's rows may be others by now. */
export type NamedCell = {
  /** The grid's roles joined by "+". */
  grid: string;
  row: string;
  column: string | null;
  test: string;
  cell: ShownCell;
};

/** What a live reader is told: state, not difference, so that hearing it twice does no harm. */
export type MatrixChanges = {
  version: number;
  cells: NamedCell[];
  /** Ids of cells that are untested again. */
  cleared: string[];
};

/** What a matrix is drawn from. Ids are the database's; numbers are the small ones of the event. */
export type Source = {
  eventSlug: string;
  trackSlug: string;
  roles: readonly { key: string; position: number }[];
  tests: readonly SourceTest[];
  entries: readonly SourceEntry[];
  cells: readonly SourceCell[];
  /** Published, and the reader is none of the event's own: consent decides what shows. */
  needsConsent: boolean;
};
export type SourceTest = GridTest & {
  id: string;
  number: number;
  directional: boolean;
  roles: readonly { key: string; min: number; max: number }[];
};
export type SourceEntry = Axis & {
  id: string;
  number: number;
  currentBuildId: string | null;
  /** Roles that it plays in this track. */
  plays: readonly string[];
  consent: { named: boolean; passing: boolean; failing: boolean };
};
export type SourceCell = {
  id: string;
  testCaseId: string;
  variant: Record<string, string>;
  parties: readonly { role: string; entry: string }[];
  signature: string;
  state: "planned" | "reported" | "confirmed" | "disputed" | "settled";
  outcome: Outcome | null;
  sides: number;
  sidesOf: number;
  attempts: number;
  flaky: boolean;
  /** A known issue explains it. */
  knownIssue: boolean;
  tested: Record<string, string>;
  testVersion: number;
  latestAt: string | null;
};

/** What a matrix of one character for each place is drawn from (lib/sheets). */
export type PackedSource = {
  /** With the cells that are not packed. */
  source: Source;
  /** signature -> cells, eight bytes each, as `matrices/read/packed` puts them together */
  packed: ReadonlyMap<string, Uint8Array>;
};

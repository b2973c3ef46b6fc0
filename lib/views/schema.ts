import * as z from "zod";
import { STATES } from "@/lib/cells/schema";
import { safeName, safeText, slugSchema } from "@/lib/core/text";
import { positionSchema } from "@/lib/matrices/schema";
import { parseQuery } from "@/lib/queries/rules";
import { QUERY_CHARS } from "@/lib/queries/schema";
import { OUTCOMES } from "@/lib/results/schema";

/** `a,b` and repeated parameters alike. */
const list = <T extends z.ZodType<string, string>>(one: T) =>
  z
    .union([z.string(), z.array(z.string())])
    .transform((text) =>
      [text]
        .flat()
        .flatMap((part) => part.split(","))
        .filter((part) => part !== ""),
    )
    .pipe(z.array(one).max(200))
    .optional();

/** What a cell may be asked for by: its state, or that it is withheld. */
const SHOWN = [...STATES, "withheld"] as const;

const view = {
  /** Entries on the rows, on the columns, and among the parties. */
  rows: list(slugSchema),
  columns: list(slugSchema),
  entry: list(slugSchema),
  test: list(safeName(64)),
  state: list(z.enum(SHOWN)),
  outcome: list(z.enum(OUTCOMES)),
  /** A query as lib/queries/rules.ts reads it; what is wrong in it asks for nothing. */
  q: z
    .union([z.string(), z.array(z.string())])
    .transform((text) => [text].flat().join(" ").trim())
    .pipe(safeText(QUERY_CHARS))
    .optional(),
};

/** For programs, which would not see that a part of their query was left out. */
const strictQ = view.q.superRefine((text, context) => {
  const { faults } = parseQuery(text ?? "");
  for (const { at, message, instead } of faults) {
    const hint = instead === null ? "" : ` Did you mean ${instead}?`;
    context.addIssue({ code: "custom", message: `At character ${at + 1}: ${message}${hint}` });
  }
});

/** What part of a matrix is asked for; the same words in the page's URL and in the API's. */
export const viewSchema = z.object(view);
export type View = z.infer<typeof viewSchema>;

/** A view and where in time: what `matrix.json`, `.csv` and the like take. */
export const matrixQuerySchema = viewSchema.extend({
  q: strictQ,
  asOf: positionSchema.optional(),
  encoding: z.enum(["full", "compact"]).default("full"),
});

/** What a page may leave out: axes on which everything passed, and what nobody supports. */
export const HIDEABLE = ["passing", "unsupported"] as const;

const display = {
  density: z.enum(["compact"]).optional(),
  /** Rows and columns change places. */
  flip: z.enum(["1"]).optional(),
  hide: list(z.enum(HIDEABLE)),
  /** The entry that stands first on both axes. */
  pin: slugSchema.optional(),
  /** A table for each constellation of the parties beyond the two axes. */
  split: z.enum(["third"]).optional(),
  /** By need of attention instead of by name. */
  sort: z.enum(["attention"]).optional(),
};

/** A view, and how a page draws it: a field that does not fit is as if it were not there. */
export const pageViewSchema = z.object({
  rows: view.rows.catch(undefined),
  columns: view.columns.catch(undefined),
  entry: view.entry.catch(undefined),
  test: view.test.catch(undefined),
  state: view.state.catch(undefined),
  outcome: view.outcome.catch(undefined),
  q: view.q.catch(undefined),
  density: display.density.catch(undefined),
  flip: display.flip.catch(undefined),
  hide: display.hide.catch(undefined),
  pin: display.pin.catch(undefined),
  split: display.split.catch(undefined),
  sort: display.sort.catch(undefined),
  /** The position of a snapshot; without it the page is as it is now, and stays so. */
  asOf: positionSchema.optional().catch(undefined),
});
export type PageView = z.infer<typeof pageViewSchema>;

export type SearchParams = Record<string, string | string[] | undefined>;

/** What a page's address asks for. An empty field of a form is no filter. */
export function readView(params: SearchParams): PageView {
  const given = Object.entries(pageViewSchema.parse(params));
  return Object.fromEntries(given.filter(([, value]) => value && value.length > 0)) as PageView;
}

/** The same of an address as browsers read it: what is given once is one value, as in a page's own parameters. */
export const viewIn = (params: URLSearchParams): PageView =>
  readView(
    Object.fromEntries(
      [...new Set(params.keys())].map((name) => {
        const [first, ...more] = params.getAll(name);
        return [name, more.length === 0 ? first : [first ?? "", ...more]];
      }),
    ),
  );

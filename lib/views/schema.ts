import * as z from "zod";
import { STATES } from "@/lib/cells/schema";
import { safeName, slugSchema } from "@/lib/core/text";
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

/** What part of a matrix is asked for; the same words in the page's URL and in the API's. */
export const viewSchema = z.object({
  /** Entries on the rows, on the columns, and among the parties. */
  rows: list(slugSchema),
  columns: list(slugSchema),
  entry: list(slugSchema),
  test: list(safeName(64)),
  state: list(z.enum(STATES)),
  outcome: list(z.enum(OUTCOMES)),
});
export type View = z.infer<typeof viewSchema>;

/** A view and where in time: what `matrix.json`, `.csv` and the like take. */
export const matrixQuerySchema = viewSchema.extend({
  asOf: z
    .string()
    .regex(/^\d{1,20}$/, { error: "asOf is a position that an earlier answer gave." })
    .optional(),
  encoding: z.enum(["full", "compact"]).default("full"),
});

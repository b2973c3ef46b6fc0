import * as z from "zod";
import { stateSchema } from "@/lib/cells/schema";
import { outcomeSchema } from "@/lib/results/schema";

/** What a matrix page's address asks for; the names are those of `matrix.json` (API.md). */
const viewSchema = z.object({
  test: z.string().max(64).optional().catch(undefined),
  entry: z.string().max(60).optional().catch(undefined),
  rows: z.string().max(60).optional().catch(undefined),
  columns: z.string().max(60).optional().catch(undefined),
  state: stateSchema.or(z.literal("withheld")).optional().catch(undefined),
  outcome: outcomeSchema.optional().catch(undefined),
});
export type MatrixView = z.infer<typeof viewSchema>;

export type SearchParams = Record<string, string | string[] | undefined>;

/** An empty field of a form is no filter; of a name given twice the first counts. */
export function readView(params: SearchParams): MatrixView {
  const given = Object.entries(params)
    .map(([name, value]) => [name, Array.isArray(value) ? value[0] : value] as const)
    .filter(([, value]) => value);
  return viewSchema.parse(Object.fromEntries(given));
}

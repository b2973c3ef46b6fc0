import { env } from "@/lib/core/env";
import { csvRows } from "@/lib/exports/rules";
import { taggedText } from "@/lib/http/public";
import { readQuery } from "@/lib/http/query";
import { reader } from "@/lib/http/reader";
import { loadMatrix } from "@/lib/matrices/read/matrix";
import { applyView } from "@/lib/views/rules";
import { matrixQuerySchema } from "@/lib/views/schema";

/** The rows of `matrix.csv`, one JSON object a line. */
export const GET = reader(
  "matrix.view",
  async ({ request, permit, params }) => {
    const { trackSlug = "" } = params;
    const { asOf, encoding: _, ...view } = readQuery(request, matrixQuerySchema);
    const { matrix } = await loadMatrix(permit, trackSlug, asOf);
    const grids = matrix.grids.map((grid) => applyView(grid, view));
    const rows = csvRows({ ...matrix, grids }, new URL(env().APP_URL).origin);
    const text = rows.map((row) => `${JSON.stringify(row)}\n`).join("");
    return taggedText(request, text, "application/x-ndjson");
  },
  {
    summary: "The rows of matrix.csv, one JSON object a line.",
    query: matrixQuerySchema,
    type: "application/x-ndjson",
  },
);

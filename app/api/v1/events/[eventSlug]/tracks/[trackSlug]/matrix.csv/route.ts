import { env } from "@/lib/core/env";
import { CSV_COLUMNS, csvRows } from "@/lib/exports/rules";
import { taggedCsv } from "@/lib/http/public";
import { readQuery } from "@/lib/http/query";
import { reader } from "@/lib/http/reader";
import { loadMatrix } from "@/lib/matrices/read/matrix";
import { applyView } from "@/lib/views/rules";
import { matrixQuerySchema } from "@/lib/views/schema";

export const GET = reader(
  "matrix.view",
  async ({ request, permit, params }) => {
    const { eventSlug = "", trackSlug = "" } = params;
    const { asOf, encoding: _, ...view } = readQuery(request, matrixQuerySchema);
    const { matrix } = await loadMatrix(permit, trackSlug, asOf);
    const grids = matrix.grids.map((grid) => applyView(grid, view));
    const rows = csvRows({ ...matrix, grids }, new URL(env().APP_URL).origin);
    return taggedCsv(request, {
      columns: CSV_COLUMNS,
      rows,
      name: `${eventSlug}-${trackSlug}.csv`,
    });
  },
  {
    summary: "The same in long form: a row for each cell that is not untested.",
    query: matrixQuerySchema,
    type: "text/csv",
  },
);

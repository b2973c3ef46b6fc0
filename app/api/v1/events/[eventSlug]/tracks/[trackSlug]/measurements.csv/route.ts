import { env } from "@/lib/core/env";
import { taggedCsv } from "@/lib/http/public";
import { reader } from "@/lib/http/reader";
import { loadMeasurements } from "@/lib/measurements/read";
import { FIGURE_COLUMNS, figureRows } from "@/lib/measurements/rules";

export const GET = reader(
  "matrix.view",
  async ({ request, permit, params }) => {
    const { eventSlug = "", trackSlug = "" } = params;
    const rows = figureRows(
      await loadMeasurements(permit, trackSlug),
      new URL(env().APP_URL).origin,
    );
    const name = `${eventSlug}-${trackSlug}-measurements.csv`;
    return taggedCsv(request, { columns: FIGURE_COLUMNS, rows, name });
  },
  { summary: "The same in long form: a row for each number.", type: "text/csv" },
);

import { matrixTwin } from "@/app/api/v1/matrix-twin";
import { CSV_COLUMNS, csvRows } from "@/lib/exports/rules";
import { csvText } from "@/lib/http/public";

export const GET = matrixTwin(
  ({ matrix, origin }) =>
    csvText({
      columns: CSV_COLUMNS,
      rows: csvRows(matrix, origin),
      name: `${matrix.event}-${matrix.track}.csv`,
    }),
  {
    summary: "The same in long form: a row for each cell that is not untested.",
    type: "text/csv",
  },
);

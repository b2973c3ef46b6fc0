import { matrixTwin } from "@/app/api/v1/matrix-twin";
import { csvRows } from "@/lib/exports/rules";

export const GET = matrixTwin(
  ({ matrix, origin }) => ({
    text: csvRows(matrix, origin)
      .map((row) => `${JSON.stringify(row)}\n`)
      .join(""),
    type: "application/x-ndjson; charset=utf-8",
  }),
  { summary: "The rows of matrix.csv, one JSON object a line.", type: "application/x-ndjson" },
);

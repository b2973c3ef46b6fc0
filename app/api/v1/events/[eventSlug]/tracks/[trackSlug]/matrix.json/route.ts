import * as z from "zod";
import { compactMatrix } from "@/lib/exports/rules";
import { compactMatrixSchema } from "@/lib/exports/schema";
import { taggedJson } from "@/lib/http/public";
import { readQuery } from "@/lib/http/query";
import { reader } from "@/lib/http/reader";
import { loadMatrix } from "@/lib/matrices/read/matrix";
import { matrixSchema } from "@/lib/matrices/schema";
import { applyView } from "@/lib/views/rules";
import { matrixQuerySchema } from "@/lib/views/schema";

export const GET = reader(
  "matrix.view",
  async ({ request, permit, params }) => {
    const { trackSlug = "" } = params;
    const { asOf, encoding, ...view } = readQuery(request, matrixQuerySchema);
    const whole = (await loadMatrix(permit, trackSlug, asOf)).matrix;
    const matrix = { ...whole, grids: whole.grids.map((grid) => applyView(grid, view)) };
    const body = encoding === "compact" ? compactMatrix(matrix) : matrix;
    return taggedJson(request, body, JSON.stringify([body.grids, asOf]));
  },
  {
    summary:
      "A track's matrix: one grid per role signature. `encoding=compact` gives one character for each cell.",
    query: matrixQuerySchema,
    type: "application/json",
    schema: z.union([matrixSchema, compactMatrixSchema]),
  },
);

import * as z from "zod";
import { matrixTwin } from "@/app/api/v1/matrix-twin";
import { compactMatrix } from "@/lib/exports/rules";
import { compactMatrixSchema } from "@/lib/exports/schema";
import { matrixSchema } from "@/lib/matrices/schema";

export const GET = matrixTwin(
  ({ matrix, isCompact }) => ({
    text: JSON.stringify(isCompact ? compactMatrix(matrix) : matrix),
    type: "application/json",
    // When it was made is no difference.
    identity: JSON.stringify([matrix.grids, isCompact]),
  }),
  {
    summary:
      "A track's matrix: one grid per role signature. `encoding=compact` gives one character for each cell.",
    type: "application/json",
    schema: z.union([matrixSchema, compactMatrixSchema]),
  },
);

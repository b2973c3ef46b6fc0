import * as z from "zod";
import { matrixTwin } from "@/app/api/v1/matrix-twin";
import { compactGrid, compactMatrix } from "@/lib/exports/rules";
import { compactMatrixSchema } from "@/lib/exports/schema";
import { matrixSchema } from "@/lib/matrices/schema";
import { drawSheets } from "@/lib/sheets/rules";

const type = "application/json";

// When it was made is no difference.
export const GET = matrixTwin(
  ({ matrix, encoding }) => {
    const grids = matrix.grids.map(compactGrid);
    const told = encoding === "compact" ? compactMatrix({ ...matrix, grids }) : matrix;
    return { text: JSON.stringify(told), type, identity: JSON.stringify([told.grids, encoding]) };
  },
  {
    summary:
      "A track's matrix: one grid per role signature. `encoding=compact` gives one character for each cell.",
    type,
    schema: z.union([matrixSchema, compactMatrixSchema]),
  },
  ({ matrix, packed, view }) => {
    const grids = drawSheets(packed, view);
    const text = JSON.stringify(compactMatrix({ ...matrix, grids }));
    return { text, type, identity: JSON.stringify([grids, "compact"]) };
  },
);

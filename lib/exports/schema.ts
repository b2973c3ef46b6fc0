import * as z from "zod";
import { gridSchema, matrixSchema } from "@/lib/matrices/schema";

/** `matrix.json?encoding=compact`: for each row, then each column, one character per test. */
export const compactMatrixSchema = matrixSchema.extend({
  encoding: z.literal("compact"),
  /** character -> what it means */
  legend: z.record(z.string(), z.string()),
  grids: z.array(gridSchema.extend({ cells: z.string() })),
});

import * as z from "zod";
import { gridSchema, matrixSchema } from "@/lib/matrices/schema";

/**
 * `matrix.json?encoding=compact`: for each row, then each column, one character per test, and in `marks` one
 * hexadecimal digit, whose bits `markLegend` names; it is empty where no cell has any.
 */
export const compactMatrixSchema = matrixSchema.extend({
  encoding: z.literal("compact"),
  /** character -> what it means */
  legend: z.record(z.string(), z.string()),
  /** bit -> what it means of the cell that the character tells */
  markLegend: z.record(z.string(), z.string()),
  grids: z.array(gridSchema.extend({ cells: z.string(), marks: z.string() })),
});

import * as z from "zod";
import { positionSchema } from "@/lib/matrices/schema";
import { outcomeSchema } from "@/lib/results/schema";

/** The moment whose matrix is expected from now on. */
export const takingSchema = z.strictObject({ position: positionSchema });

/** What is expected of one cell; empty expects nothing. */
export const expectedSchema = z.union([outcomeSchema, z.literal("")], {
  error: "Choose an outcome, or nothing.",
});
export type Expected = z.infer<typeof expectedSchema>;

/** What is told of a track's baseline beside a comparison. */
export type BaselineLine = {
  /** Where the log stood when it was taken; null where cells were set one by one only. */
  position: string | null;
  /** When it was changed last. */
  setAt: string;
};

import * as z from "zod";
import { outcomeSchema } from "@/lib/results/schema";

/** `GET …/measurements.json`: what was measured in a track. None of it says pass or fail. */

/** One number of a reading; `name` is `value` where the source tells no statistic. */
export const statisticSchema = z.object({
  name: z.string(),
  value: z.number(),
  repeats: z.int().nullable(),
  deviation: z.number().nullable(),
});
export type Statistic = z.infer<typeof statisticSchema>;

export const measuredPartySchema = z.object({
  role: z.string(),
  entry: z.string(),
  name: z.string(),
  kind: z.enum(["participant", "helper", "tool"]),
  build: z.string().nullable(),
});
export type MeasuredParty = z.infer<typeof measuredPartySchema>;

/** What one result says of one metric, at one place, under one set of conditions. */
export const readingSchema = z.object({
  test: z.string(),
  variant: z.record(z.string(), z.string()),
  /** In the order of the track's roles. */
  parties: z.array(measuredPartySchema),
  /** Under what it was taken: the variant, and what the result says of all its figures. */
  conditions: z.record(z.string(), z.string()),
  /** What is told of this figure alone, such as how many messages a share is of. */
  details: z.record(z.string(), z.string()),
  vantage: z.string().nullable(),
  statistics: z.array(statisticSchema),
  attempt: z.int(),
  startedAt: z.string(),
  /** Of a measurement case: whether the measurement is valid. */
  outcome: outcomeSchema,
  measured: z.boolean(),
  /** The entry that says so; null for a neutral harness. */
  reporter: z.string().nullable(),
  late: z.boolean(),
  url: z.string(),
});
export type Reading = z.infer<typeof readingSchema>;

export const figureSchema = z.object({
  name: z.string(),
  unit: z.string(),
  /** How and where the test plan says it is taken; null where the plan does not have it. */
  plan: z
    .object({
      how: z.string(),
      vantage: z.string(),
      reference: z.object({ cite: z.string(), verified: z.boolean() }).nullable(),
    })
    .nullable(),
  /** By test, by name of the parties, by conditions, and then in order of time. */
  readings: z.array(readingSchema),
});
export type Figure = z.infer<typeof figureSchema>;

export const measurementsSchema = z.object({
  event: z.string(),
  track: z.string(),
  generatedAt: z.string(),
  figures: z.array(figureSchema),
  /** Results with figures that their entries have not agreed to show. */
  withheld: z.int(),
  /** There are more; these are the newest. */
  isCut: z.boolean(),
});
export type Measurements = z.infer<typeof measurementsSchema>;

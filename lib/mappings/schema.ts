import * as z from "zod";
import { safeName, textMap } from "@/lib/core/text";

/** Which test, and which variant of it, a raw name stands for. */
export const mappingSchema = z.strictObject({
  raw: safeName(255),
  test: safeName(64),
  /** Values of declared variants; what is left out, a result says itself. */
  variant: textMap(64, 255, 16).default({}),
});
export type MappingInput = z.output<typeof mappingSchema>;

/** A raw test name under which results came that no test of the track has. */
export type UnmappedName = {
  raw: string;
  results: number;
  /** Who reported under it. */
  reporters: string[];
  /** The parties of one of the results: `uac alpha, uas beta`. */
  example: string;
  /** The variants that its results told, `name value, ...`, each once. */
  variants: string[];
  latestAt: string;
  /** The key of the test that has the nearest name; null where the plan is empty. */
  guess: string | null;
  /** The test that has this very name, when what does not fit is the variant or the parties. */
  namedLike: string | null;
};

/** A raw name that a lead has mapped. */
export type MappedName = {
  raw: string;
  test: string;
  variant: Record<string, string>;
  results: number;
  by: string | null;
  at: string;
};

import type * as z from "zod";
import { faultsOf } from "@/lib/core/faults";
import { invalid } from "./problem";

/** The query's parameters through a schema; a repeated one is a list. An unknown one is ignored. */
export function readQuery<S extends z.ZodType>(request: Request, schema: S): z.output<S> {
  const given = new URL(request.url).searchParams;
  const query = Object.fromEntries(
    [...new Set(given.keys())].map((key) => {
      const values = given.getAll(key);
      return [key, values.length === 1 ? values[0] : values];
    }),
  );
  const parsed = schema.safeParse(query);
  if (parsed.success) return parsed.data;
  const faults = faultsOf(parsed.error);
  throw invalid(
    `The query does not fit: ${faults[0]?.pointer ?? ""}: ${faults[0]?.message ?? ""}`,
    faults,
  );
}

import { taggedJson } from "@/lib/http/public";
import { reader } from "@/lib/http/reader";
import { loadMeasurements } from "@/lib/measurements/read";
import { measurementsSchema } from "@/lib/measurements/schema";

export const GET = reader(
  "matrix.view",
  async ({ request, permit, params }) => {
    const { trackSlug = "" } = params;
    const told = await loadMeasurements(permit, trackSlug);
    const { generatedAt: _, ...rest } = told;
    return taggedJson(request, told, JSON.stringify(rest));
  },
  {
    summary:
      "What was measured in a track: every figure with its unit, repeats, deviation, conditions and vantage point.",
    type: "application/json",
    schema: measurementsSchema,
  },
);

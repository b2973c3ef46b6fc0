import { taggedJson } from "@/lib/http/public";
import { reader } from "@/lib/http/reader";
import { loadPlanFile } from "@/lib/plans/read/pages";
import { catalogueTrackSchema } from "@/lib/tracks/schema";

export const GET = reader(
  "track.view",
  async ({ request, permit }) => {
    const plan = await loadPlanFile(permit);
    return taggedJson(request, plan, JSON.stringify(plan));
  },
  {
    summary: "The test plan of a track, as it is taken in again",
    type: "application/json",
    schema: catalogueTrackSchema,
  },
);

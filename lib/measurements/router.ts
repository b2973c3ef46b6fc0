import * as z from "zod";
import { slugSchema } from "@/lib/core/text";
import { procedure, router } from "@/lib/trpc/init";
import { loadMeasurements } from "./read";

export const measurementsRouter = router({
  byTrack: procedure("matrix.view")
    .input(z.object({ trackSlug: slugSchema }))
    .query(({ ctx, input }) => loadMeasurements(ctx.permit, input.trackSlug)),
});

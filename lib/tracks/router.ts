import * as z from "zod";
import { slugSchema } from "@/lib/core/text";
import { procedure, router } from "@/lib/trpc/init";
import { loadTrack } from "./read";

export const tracksRouter = router({
  byName: procedure("track.view")
    .input(z.object({ trackSlug: slugSchema }))
    .query(({ ctx, input }) => loadTrack(ctx.permit, input.trackSlug)),
});

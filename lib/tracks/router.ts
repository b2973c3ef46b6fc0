import * as z from "zod";
import { slugSchema } from "@/lib/core/text";
import { procedure, router } from "@/lib/trpc/init";
import { loadDesk } from "./read/lead";
import { loadTrack } from "./read/track";
import { stalledHoursSchema } from "./schema";
import { setStalledHours } from "./write/stalled";

export const tracksRouter = router({
  byName: procedure("track.view")
    .input(z.object({ trackSlug: slugSchema }))
    .query(({ ctx, input }) => loadTrack(ctx.permit, input.trackSlug)),
  desk: procedure("track.lead")
    .input(z.object({ trackSlug: slugSchema }))
    .query(({ ctx }) => loadDesk(ctx.permit, new Date())),
  setStalledHours: procedure("track.lead")
    .input(z.object({ trackSlug: slugSchema, hours: stalledHoursSchema }))
    .mutation(({ ctx, input }) => setStalledHours(ctx.permit, input.hours)),
});

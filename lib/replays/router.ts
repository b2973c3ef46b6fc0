import * as z from "zod";
import { slugSchema } from "@/lib/core/text";
import { procedure, router } from "@/lib/trpc/init";
import { loadReplay } from "./read";

export const replaysRouter = router({
  byTrack: procedure("matrix.view")
    .input(z.object({ trackSlug: slugSchema }))
    .query(({ ctx, input }) => loadReplay(ctx.permit, input.trackSlug)),
});

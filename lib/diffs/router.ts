import { slugSchema } from "@/lib/core/text";
import { procedure, router } from "@/lib/trpc/init";
import { loadDiffPage } from "./read/diff";
import { diffQuerySchema } from "./schema";

export const diffsRouter = router({
  byTrack: procedure("matrix.view")
    .input(diffQuerySchema.extend({ trackSlug: slugSchema }))
    .query(({ ctx, input: { trackSlug, from, to } }) =>
      loadDiffPage(ctx.permit, trackSlug, {
        ...(from === undefined ? {} : { from }),
        ...(to === undefined ? {} : { to }),
      }),
    ),
});

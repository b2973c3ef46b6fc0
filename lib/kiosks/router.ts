import * as z from "zod";
import { slugSchema } from "@/lib/core/text";
import { procedure, router } from "@/lib/trpc/init";
import { loadBoard } from "./read";

export const kiosksRouter = router({
  /** `track` and not `trackSlug`: one that is not there any more is no refusal, but the next one's turn. */
  board: procedure("matrix.view")
    .input(z.object({ track: slugSchema.optional() }))
    .query(({ ctx, input }) => loadBoard(ctx.permit, input.track)),
});

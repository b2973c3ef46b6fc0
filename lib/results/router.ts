import * as z from "zod";
import { slugSchema } from "@/lib/core/text";
import { procedure, router } from "@/lib/trpc/init";
import { loadCell } from "./read/cell";

export const resultsRouter = router({
  cell: procedure("result.view")
    .input(z.object({ trackSlug: slugSchema, cellId: z.uuid() }))
    .query(({ ctx, input }) => loadCell(ctx.permit, input)),
});

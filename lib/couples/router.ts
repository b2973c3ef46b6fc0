import * as z from "zod";
import { slugSchema } from "@/lib/core/text";
import { router, siteProcedure } from "@/lib/trpc/init";
import { loadCouple } from "./read/couple";
import { listPartners } from "./read/partners";

export const couplesRouter = router({
  byProjects: siteProcedure("project.view")
    .input(z.object({ slug: slugSchema, other: slugSchema }))
    .query(({ ctx, input }) => loadCouple(ctx.permit, [input.slug, input.other])),
  byProject: siteProcedure("project.view")
    .input(z.object({ slug: slugSchema }))
    .query(({ ctx, input }) => listPartners(ctx.permit, input.slug)),
});

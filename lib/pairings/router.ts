import * as z from "zod";
import { slugSchema } from "@/lib/core/text";
import { procedure, router } from "@/lib/trpc/init";
import { listNextSteps, listOwnTracks, loadLogChoices } from "./read";

export const pairingsRouter = router({
  next: procedure("result.await").query(({ ctx }) => listNextSteps(ctx.permit)),
  tracks: procedure("result.log").query(({ ctx }) => listOwnTracks(ctx.permit)),
  choices: procedure("result.log")
    .input(z.object({ trackSlug: slugSchema }))
    .query(({ ctx, input }) => loadLogChoices(ctx.permit, input.trackSlug)),
});

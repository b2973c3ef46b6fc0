import * as z from "zod";
import { safeName, slugSchema } from "@/lib/core/text";
import { procedure, router } from "@/lib/trpc/init";
import { listNames } from "./read";
import { mappingSchema } from "./schema";
import { mapName, unmapName } from "./write";

const trackInput = z.object({ trackSlug: slugSchema });

export const mappingsRouter = router({
  list: procedure("track.lead")
    .input(trackInput)
    .query(({ ctx }) => listNames(ctx.permit)),
  map: procedure("name.map")
    .input(trackInput.extend({ mapping: mappingSchema }))
    .mutation(({ ctx, input }) => mapName(ctx.permit, input.mapping)),
  unmap: procedure("name.map")
    .input(trackInput.extend({ raw: safeName(255) }))
    .mutation(({ ctx, input }) => unmapName(ctx.permit, input.raw)),
});

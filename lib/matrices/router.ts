import { tracked } from "@trpc/server";
import * as z from "zod";
import { slugSchema } from "@/lib/core/text";
import { follow } from "@/lib/live/follow";
import { procedure, router } from "@/lib/trpc/init";
import { lookForChanges } from "./read/changes";
import { loadMatrix } from "./read/matrix";

const trackInput = z.object({ trackSlug: slugSchema });
const horizonSchema = z.string().regex(/^\d{1,20}$/);

export const matricesRouter = router({
  byTrack: procedure("matrix.view")
    .input(trackInput)
    .query(({ ctx, input }) => loadMatrix(ctx.permit, input.trackSlug)),

  /**
   * The changes of a track as they happen. Who may see what is asked anew at every look, so that a
   * right taken away ends or narrows a stream that is open. The event id is the horizon to resume at.
   */
  onChange: procedure("matrix.view")
    .input(
      trackInput.extend({
        horizon: horizonSchema,
        version: z.int(),
        lastEventId: horizonSchema.nullish(),
      }),
    )
    .subscription(async function* ({ ctx, input, signal }) {
      const { trackSlug } = input;
      let { version } = input;
      const topic = ctx.permit.scope.trackId ?? "";
      const since = input.lastEventId ?? input.horizon;
      const stop = signal ?? new AbortController().signal;
      const changes = follow(topic, { since, signal: stop }, async (horizon) => {
        const look = await lookForChanges(await ctx.renewPermit(), trackSlug, { horizon, version });
        version = look.version;
        return look;
      });
      for await (const { horizon, news } of changes) yield tracked(horizon, news);
    }),
});

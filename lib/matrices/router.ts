import { tracked } from "@trpc/server";
import * as z from "zod";
import { slugSchema } from "@/lib/core/text";
import { procedure, router, telling } from "@/lib/trpc/init";
import { viewSchema } from "@/lib/views/schema";
import { followMatrix } from "./read/changes";
import { loadMatrix } from "./read/matrix";
import { loadPage } from "./read/page";
import { positionSchema } from "./schema";

const trackInput = z.object({ trackSlug: slugSchema });

export const matricesRouter = router({
  byTrack: procedure("matrix.view")
    .input(trackInput)
    .query(({ ctx, input }) => loadMatrix(ctx.permit, input.trackSlug)),

  /** As much of it as a page with this view draws at first. */
  page: procedure("matrix.view")
    .input(trackInput.extend({ view: viewSchema, asOf: positionSchema.optional() }))
    .query(({ ctx, input: { trackSlug, view, asOf } }) =>
      loadPage(ctx.permit, trackSlug, { ...view, asOf }),
    ),

  /**
   * The changes of a track as they happen. The event id is the horizon to resume at.
   */
  onChange: procedure("matrix.view")
    .input(
      trackInput.extend({
        horizon: positionSchema,
        version: z.int(),
        sight: z.string().max(4000),
        lastEventId: positionSchema.nullish(),
      }),
    )
    .subscription(async function* ({ ctx, input, signal }) {
      const changes = followMatrix(ctx.renewPermit, input.trackSlug, {
        topic: ctx.permit.scope.trackId ?? "",
        horizon: input.lastEventId ?? input.horizon,
        version: input.version,
        sight: input.sight,
        signal: signal ?? new AbortController().signal,
      });
      for await (const { horizon, news } of telling(changes)) yield tracked(horizon, news);
    }),
});

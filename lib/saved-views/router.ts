import * as z from "zod";
import { slugSchema } from "@/lib/core/text";
import { procedure, router } from "@/lib/trpc/init";
import { listViews } from "./read/views";
import { newViewSchema, viewIdSchema, viewNameSchema } from "./schema";
import { removeView } from "./write/remove";
import { renameView } from "./write/rename";
import { saveForAll, saveView } from "./write/save";
import { shareView } from "./write/share";

const trackInput = z.object({ trackSlug: slugSchema });
const viewInput = trackInput.extend({ viewId: viewIdSchema });
const newInput = trackInput.extend({ view: newViewSchema });

export const savedViewsRouter = router({
  /** Of one track where one is named, else of the event. */
  list: procedure("savedView.view").query(({ ctx }) => listViews(ctx.permit)),
  save: procedure("savedView.keep")
    .input(newInput)
    .mutation(({ ctx, input }) => saveView(ctx.permit, input.view)),
  saveForAll: procedure("savedView.share")
    .input(newInput)
    .mutation(({ ctx, input }) => saveForAll(ctx.permit, input.view)),
  share: procedure("savedView.share")
    .input(viewInput)
    .mutation(({ ctx, input }) => shareView(ctx.permit, input.viewId)),
  rename: procedure("savedView.keep")
    .input(viewInput.extend({ view: z.strictObject({ name: viewNameSchema }) }))
    .mutation(({ ctx, input }) => renameView(ctx.permit, input.viewId, input.view.name)),
  remove: procedure("savedView.keep")
    .input(viewInput)
    .mutation(({ ctx, input }) => removeView(ctx.permit, input.viewId)),
});

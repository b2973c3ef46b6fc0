import * as z from "zod";
import { slugSchema } from "@/lib/core/text";
import { catalogueTestSchema } from "@/lib/tracks/schema";
import { procedure, router } from "@/lib/trpc/init";
import { loadPlan, loadPlannedTest, previewImport } from "./read/pages";
import { DIRECTIONS, planTextSchema, seenSchema } from "./schema";
import { bringBackTest, moveTest, retireTest } from "./write/arrange";
import { importPlan } from "./write/import";
import { addTest, changeTest } from "./write/publish";

const trackInput = z.object({ trackSlug: slugSchema });
const keyInput = trackInput.extend({ testKey: z.string().max(64) });

export const plansRouter = router({
  byTrack: procedure("track.lead")
    .input(trackInput)
    .query(({ ctx }) => loadPlan(ctx.permit)),
  byTest: procedure("track.lead")
    .input(keyInput)
    .query(({ ctx, input }) => loadPlannedTest(ctx.permit, input.testKey)),
  add: procedure("track.plan")
    .input(trackInput.extend({ test: catalogueTestSchema }))
    .mutation(({ ctx, input }) => addTest(ctx.permit, input.test)),
  change: procedure("track.plan")
    .input(trackInput.extend({ test: catalogueTestSchema, seen: seenSchema }))
    .mutation(({ ctx, input }) => changeTest(ctx.permit, input.test, input.seen)),
  retire: procedure("track.plan")
    .input(keyInput)
    .mutation(({ ctx, input }) => retireTest(ctx.permit, input.testKey)),
  bringBack: procedure("track.plan")
    .input(keyInput)
    .mutation(({ ctx, input }) => bringBackTest(ctx.permit, input.testKey)),
  move: procedure("track.plan")
    .input(keyInput.extend({ direction: z.enum(DIRECTIONS) }))
    .mutation(({ ctx, input }) => moveTest(ctx.permit, input.testKey, input.direction)),
  /** A mutation for its size only: a plan does not fit an address. */
  preview: procedure("track.plan")
    .input(trackInput.extend({ text: planTextSchema }))
    .mutation(({ ctx, input }) => previewImport(ctx.permit, input.text)),
  import: procedure("track.plan")
    .input(trackInput.extend({ text: planTextSchema, seen: seenSchema }))
    .mutation(({ ctx, input }) => importPlan(ctx.permit, input.text, input.seen)),
});

import * as z from "zod";
import { procedure, router, siteProcedure } from "@/lib/trpc/init";
import { listEvents, loadEvent, loadHead, loadOwnPart, loadSettings } from "./read";
import { editionSchema, phaseSchema, settingsSchema } from "./schema";
import { cloneEvent } from "./write/clone";
import { movePhase } from "./write/phase";
import { changeSettings } from "./write/settings";

export const eventsRouter = router({
  list: siteProcedure("event.list").query(({ ctx }) => listEvents(ctx.permit)),
  ownPart: procedure("event.view").query(({ ctx }) => loadOwnPart(ctx.permit)),
  byName: procedure("event.view").query(({ ctx }) => loadEvent(ctx.permit)),
  head: procedure("event.view").query(({ ctx }) => loadHead(ctx.permit)),
  settings: procedure("event.manage").query(({ ctx }) => loadSettings(ctx.permit)),
  changeSettings: procedure("event.manage")
    .input(z.object({ settings: settingsSchema }))
    .mutation(({ ctx, input }) => changeSettings(ctx.permit, input.settings)),
  movePhase: procedure("event.manage")
    .input(z.object({ from: phaseSchema, to: phaseSchema }))
    .mutation(({ ctx, input }) => movePhase(ctx.permit, input)),
  clone: procedure("event.clone")
    .input(z.object({ edition: editionSchema }))
    .mutation(({ ctx, input }) => cloneEvent(ctx.permit, input.edition)),
});

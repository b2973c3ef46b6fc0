import { procedure, router, siteProcedure } from "@/lib/trpc/init";
import { listEvents, loadEvent, loadOwnPart } from "./read";

export const eventsRouter = router({
  list: siteProcedure("event.list").query(({ ctx }) => listEvents(ctx.permit)),
  ownPart: procedure("event.view").query(({ ctx }) => loadOwnPart(ctx.permit)),
  byName: procedure("event.view").query(({ ctx }) => loadEvent(ctx.permit)),
});

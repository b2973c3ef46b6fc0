import { procedure, router, siteProcedure } from "@/lib/trpc/init";
import { listEvents, loadEvent } from "./read";

export const eventsRouter = router({
  list: siteProcedure("event.list").query(({ ctx }) => listEvents(ctx.permit)),
  byName: procedure("event.view").query(({ ctx }) => loadEvent(ctx.permit)),
});

import { procedure, router } from "@/lib/trpc/init";
import { listPlaces } from "./read";

export const palettesRouter = router({
  places: procedure("event.view").query(({ ctx, input }) =>
    listPlaces(ctx.permit, input.eventSlug),
  ),
});

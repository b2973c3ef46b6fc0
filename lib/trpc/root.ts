import { eventsRouter } from "@/lib/events/router";
import { mailsRouter } from "@/lib/mails/router";
import { matricesRouter } from "@/lib/matrices/router";
import { personsRouter } from "@/lib/persons/router";
import { resultsRouter } from "@/lib/results/router";
import { tracksRouter } from "@/lib/tracks/router";
import { router } from "./init";

export const appRouter = router({
  events: eventsRouter,
  mails: mailsRouter,
  matrices: matricesRouter,
  persons: personsRouter,
  results: resultsRouter,
  tracks: tracksRouter,
});
export type AppRouter = typeof appRouter;

import { entriesRouter } from "@/lib/entries/router";
import { eventsRouter } from "@/lib/events/router";
import { invitationsRouter } from "@/lib/invitations/router";
import { mailsRouter } from "@/lib/mails/router";
import { matricesRouter } from "@/lib/matrices/router";
import { personsRouter } from "@/lib/persons/router";
import { projectsRouter } from "@/lib/projects/router";
import { resultsRouter } from "@/lib/results/router";
import { tracksRouter } from "@/lib/tracks/router";
import { router } from "./init";

export const appRouter = router({
  entries: entriesRouter,
  events: eventsRouter,
  invitations: invitationsRouter,
  mails: mailsRouter,
  matrices: matricesRouter,
  persons: personsRouter,
  projects: projectsRouter,
  results: resultsRouter,
  tracks: tracksRouter,
});
export type AppRouter = typeof appRouter;

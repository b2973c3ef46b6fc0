import { agentsRouter } from "@/lib/agents/router";
import { baselinesRouter } from "@/lib/baselines/router";
import { couplesRouter } from "@/lib/couples/router";
import { dayNotesRouter } from "@/lib/day-notes/router";
import { diffsRouter } from "@/lib/diffs/router";
import { entriesRouter } from "@/lib/entries/router";
import { eventsRouter } from "@/lib/events/router";
import { evidenceRouter } from "@/lib/evidence/router";
import { invitationsRouter } from "@/lib/invitations/router";
import { issuesRouter } from "@/lib/issues/router";
import { kiosksRouter } from "@/lib/kiosks/router";
import { mailsRouter } from "@/lib/mails/router";
import { mappingsRouter } from "@/lib/mappings/router";
import { matricesRouter } from "@/lib/matrices/router";
import { measurementsRouter } from "@/lib/measurements/router";
import { pairingsRouter } from "@/lib/pairings/router";
import { palettesRouter } from "@/lib/palettes/router";
import { personsRouter } from "@/lib/persons/router";
import { plansRouter } from "@/lib/plans/router";
import { projectsRouter } from "@/lib/projects/router";
import { replaysRouter } from "@/lib/replays/router";
import { resultsRouter } from "@/lib/results/router";
import { rulingsRouter } from "@/lib/rulings/router";
import { savedViewsRouter } from "@/lib/saved-views/router";
import { summariesRouter } from "@/lib/summaries/router";
import { tracksRouter } from "@/lib/tracks/router";
import { router } from "./init";

export const appRouter = router({
  agents: agentsRouter,
  baselines: baselinesRouter,
  couples: couplesRouter,
  dayNotes: dayNotesRouter,
  diffs: diffsRouter,
  entries: entriesRouter,
  events: eventsRouter,
  evidence: evidenceRouter,
  invitations: invitationsRouter,
  issues: issuesRouter,
  kiosks: kiosksRouter,
  mails: mailsRouter,
  mappings: mappingsRouter,
  matrices: matricesRouter,
  measurements: measurementsRouter,
  pairings: pairingsRouter,
  palettes: palettesRouter,
  persons: personsRouter,
  plans: plansRouter,
  projects: projectsRouter,
  replays: replaysRouter,
  results: resultsRouter,
  rulings: rulingsRouter,
  savedViews: savedViewsRouter,
  summaries: summariesRouter,
  tracks: tracksRouter,
});
export type AppRouter = typeof appRouter;

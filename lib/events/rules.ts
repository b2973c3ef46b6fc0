import { momentIn } from "@/lib/core/zone";
import { PHASES, type Phase, type Visibility } from "./schema";

/** Whether everybody may see the event's results: it is published, or its organizer shows them live. */
export const isEventOpen = ({ phase, visibility }: { phase: Phase; visibility: Visibility }) =>
  phase === "published" || (visibility === "public" && phase !== "draft");

type Step = { to: Phase; button: string; means: string };

/** The next phase, and what going there means. To publish is done from the summary's preview. */
export const FORWARD: Partial<Record<Phase, Step>> = {
  draft: {
    to: "registration",
    button: "Open registration",
    means: "Everybody sees the event. Projects enter, choose tracks and roles, and get ready.",
  },
  registration: {
    to: "testing",
    button: "Start testing",
    means: "Results are taken, from people and from agents. Projects may still enter.",
  },
  testing: {
    to: "review",
    button: "End testing",
    means:
      "Only results that began before now are taken, marked as late. Confirmations, rulings, issues and the summary go on.",
  },
};

/** The phase before, where going back does no harm. A published event never goes back. */
export const BACK: Partial<Record<Phase, Step>> = {
  registration: {
    to: "draft",
    button: "Back to draft",
    means: "Only organizers and leads see the event. Possible while nobody has entered.",
  },
  testing: {
    to: "registration",
    button: "Back to registration",
    means: "No result is taken. Possible while there is none.",
  },
  review: {
    to: "testing",
    button: "Reopen testing",
    means: "Results are taken again, as if testing had not ended.",
  },
};

/** What an event holds that stands against going back. */
export type Holdings = { entries: number; hasResults: boolean };

/** Why an event may not go from one phase to another; null when it may. */
export function refusalToMove(
  from: Phase,
  to: Phase,
  { entries, hasResults }: Holdings,
): string | null {
  if (FORWARD[from]?.to === to) return null;
  if (from === "published") {
    return "A published event never goes back. Correct the summary instead: a correction is a further version.";
  }
  if (to === "published")
    return "An event is published with its summary, from the summary's preview.";
  if (BACK[from]?.to !== to) {
    const way = PHASES.filter((phase) => phase !== "published").join(", ");
    return `From ${from} an event does not go to ${to}. The way is ${way}, one step at a time.`;
  }
  if (to === "draft" && entries > 0) {
    return `${entries === 1 ? "A project has" : `${entries} projects have`} entered: a draft would hide the event from them.`;
  }
  if (to === "registration" && hasResults) {
    return "There are results already: registration takes none and would leave these unexplained.";
  }
  return null;
}

/** The first moment of a day (`2026-11-20`) in a zone. */
export const startOfDay = (day: string, zone: string): Date =>
  new Date(momentIn(zone, `${day}T00:00`));

/** The last minute of a day in a zone. */
export const endOfDay = (day: string, zone: string): Date =>
  new Date(momentIn(zone, `${day}T23:59`));

/** The day that a moment falls on in a zone, as `2026-11-20`. */
export const dayOf = (at: string, zone: string): string =>
  new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short" }).format(new Date(at));

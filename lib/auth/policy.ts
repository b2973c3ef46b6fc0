import { PHASES, type Phase } from "@/lib/events/schema";

/**
 * Who somebody is to one event. A person is several at once.
 * `visitor` is everybody; `audience` is everybody too, but only while the event is open: its
 * organizer shows results live, or it is published.
 */
export const ROLES = [
  "visitor",
  "audience",
  "person",
  "participant",
  "lead",
  "organizer",
  "agent",
] as const;
export type Role = (typeof ROLES)[number];

export type Rule = { readonly roles: readonly Role[]; readonly phases: readonly Phase[] };

const insiders: readonly Role[] = ["participant", "lead", "organizer"];

/**
 * Who may do what, and in which phase of an event. There is no other place that says so.
 * A draft is seen by its organizers and leads only; the gate holds that for every action.
 */
export const policy = {
  "event.view": { roles: ["visitor", ...insiders, "agent"], phases: PHASES },
  "event.prepare": { roles: ["organizer"], phases: PHASES },
  "track.view": { roles: ["visitor", ...insiders, "agent"], phases: PHASES },
  "matrix.view": { roles: ["audience", ...insiders, "agent"], phases: PHASES },
  "result.view": { roles: ["audience", ...insiders, "agent"], phases: PHASES },
  "entry.admit": { roles: ["organizer"], phases: PHASES },
  "agent.create": { roles: ["organizer"], phases: PHASES },
  "agent.identify": { roles: ["agent"], phases: PHASES },
  "catalogue.read": { roles: ["agent"], phases: PHASES },
  "run.declare": { roles: ["agent"], phases: ["testing", "review"] },
  "run.finish": { roles: ["agent"], phases: ["testing", "review"] },
  "run.view": { roles: ["agent"], phases: PHASES },
  "result.push": { roles: ["agent"], phases: ["testing", "review"] },
} satisfies Record<string, Rule>;

export type Action = keyof typeof policy;
export const ACTIONS = Object.keys(policy) as readonly Action[];

export type SiteRole = "visitor" | "person" | "operator";

/** What belongs to no event. The operator has a shell on the machine. */
export const sitePolicy = {
  "event.list": { roles: ["visitor"] },
  "event.create": { roles: ["operator"] },
  "project.add": { roles: ["person", "operator"] },
  "account.view": { roles: ["person"] },
  "account.edit": { roles: ["person"] },
  "session.end": { roles: ["person"] },
  "outbox.view": { roles: ["person"] },
} satisfies Record<string, { readonly roles: readonly SiteRole[] }>;

export type SiteAction = keyof typeof sitePolicy;
export const SITE_ACTIONS = Object.keys(sitePolicy) as readonly SiteAction[];

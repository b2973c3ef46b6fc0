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
const UNDER_WAY: readonly Phase[] = ["draft", "registration", "testing", "review"];

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
  "entry.view": { roles: ["visitor", ...insiders], phases: PHASES },
  "entry.request": { roles: ["person"], phases: ["registration", "testing"] },
  // Also of a person whose entry is not admitted yet; whose it is, says lib/entries/rules.ts.
  "entry.edit": { roles: ["person", "organizer"], phases: UNDER_WAY },
  "entry.play": { roles: ["person", "organizer"], phases: ["draft", "registration", "testing"] },
  "entry.leave": { roles: ["person"], phases: PHASES },
  "entry.withdraw": { roles: ["person", "organizer"], phases: UNDER_WAY },
  "entry.consent": { roles: ["participant"], phases: PHASES },
  "entry.admit": { roles: ["organizer"], phases: PHASES },
  "build.add": { roles: ["person", "organizer"], phases: ["draft", "registration", "testing"] },
  "build.describe": { roles: ["person", "organizer"], phases: UNDER_WAY },
  "capability.declare": { roles: ["person", "organizer"], phases: UNDER_WAY },
  "endpoint.announce": { roles: ["person", "organizer"], phases: UNDER_WAY },
  "invitation.make": { roles: ["participant", "organizer"], phases: PHASES },
  "result.log": { roles: ["participant"], phases: ["testing", "review"] },
  "result.answer": { roles: ["participant"], phases: ["testing", "review"] },
  "result.await": { roles: ["participant"], phases: PHASES },
  "track.lead": { roles: ["lead", "organizer"], phases: PHASES },
  "track.plan": { roles: ["lead", "organizer"], phases: ["draft", "registration", "testing"] },
  "name.map": { roles: ["lead", "organizer"], phases: ["testing", "review"] },
  "ruling.make": { roles: ["lead", "organizer"], phases: ["testing", "review"] },
  "cell.annotate": { roles: ["lead", "organizer"], phases: ["testing", "review"] },
  "baseline.set": { roles: ["lead", "organizer"], phases: ["testing", "review"] },
  "cell.nudge": { roles: ["lead", "organizer"], phases: ["testing", "review"] },
  // Of one's own and the event's, in tracks that the reader may see: lib/saved-views/read/seen.ts.
  "savedView.view": { roles: ["audience", ...insiders], phases: PHASES },
  // Also of a person who only looks on; of whose matrix and whose view, lib/saved-views/rules.ts.
  "savedView.keep": { roles: ["person"], phases: PHASES },
  "savedView.share": { roles: ["lead", "organizer"], phases: PHASES },
  "dayNote.view": { roles: ["audience", ...insiders], phases: PHASES },
  "dayNote.write": { roles: ["lead", "organizer"], phases: ["testing", "review"] },
  "issue.view": { roles: ["audience", ...insiders], phases: PHASES },
  "issue.raise": { roles: insiders, phases: ["registration", "testing", "review"] },
  "issue.edit": { roles: insiders, phases: ["registration", "testing", "review"] },
  "issue.comment": { roles: insiders, phases: ["registration", "testing", "review"] },
  "summary.view": { roles: ["visitor", ...insiders], phases: PHASES },
  "summary.draft": { roles: ["lead", "organizer"], phases: PHASES },
  "summary.write": { roles: ["lead", "organizer"], phases: PHASES },
  "summary.publish": { roles: ["organizer"], phases: ["review", "published"] },
  "event.manage": { roles: ["organizer"], phases: PHASES },
  "event.clone": { roles: ["organizer"], phases: PHASES },
  // A participant's own entry's; whose it is, says lib/agents/rules.ts.
  "agent.view": { roles: ["participant", "organizer"], phases: PHASES },
  "agent.create": { roles: ["participant", "organizer"], phases: PHASES },
  "agent.rotate": { roles: ["participant", "organizer"], phases: PHASES },
  "agent.revoke": { roles: ["participant", "organizer"], phases: PHASES },
  "agent.heartbeat": { roles: ["agent"], phases: PHASES },
  "agent.identify": { roles: ["agent"], phases: PHASES },
  "catalogue.read": { roles: ["agent"], phases: PHASES },
  "run.declare": { roles: ["agent"], phases: ["testing", "review"] },
  "run.finish": { roles: ["agent"], phases: ["testing", "review"] },
  "run.view": { roles: ["agent"], phases: PHASES },
  "result.push": { roles: ["agent"], phases: ["testing", "review"] },
  "evidence.push": { roles: ["agent"], phases: ["testing", "review"] },
  "evidence.view": { roles: ["audience", ...insiders, "agent"], phases: PHASES },
} satisfies Record<string, Rule>;

export type Action = keyof typeof policy;
export const ACTIONS = Object.keys(policy) as readonly Action[];

/** Whether the table lets somebody with these roles do it in this phase: what a page may offer. */
export const allows = (action: Action, roles: ReadonlySet<Role>, phase: Phase): boolean => {
  const rule: Rule = policy[action];
  return rule.phases.includes(phase) && rule.roles.some((role) => roles.has(role));
};

export type SiteRole = "visitor" | "person" | "operator";

/** What belongs to no event. The operator has a shell on the machine. */
export const sitePolicy = {
  "event.list": { roles: ["visitor"] },
  "event.create": { roles: ["operator"] },
  "project.view": { roles: ["visitor"] },
  "project.add": { roles: ["person", "operator"] },
  "project.edit": { roles: ["person"] },
  "invitation.view": { roles: ["visitor"] },
  "invitation.accept": { roles: ["person"] },
  "account.view": { roles: ["person"] },
  "account.edit": { roles: ["person"] },
  "session.end": { roles: ["person"] },
  "outbox.view": { roles: ["person"] },
} satisfies Record<string, { readonly roles: readonly SiteRole[] }>;

export type SiteAction = keyof typeof sitePolicy;
export const SITE_ACTIONS = Object.keys(sitePolicy) as readonly SiteAction[];

import { Refusal } from "@/lib/core/refusal";
import type { Phase } from "@/lib/events/schema";
import {
  type Action,
  policy,
  type Role,
  type Rule,
  type SiteAction,
  type SiteRole,
  sitePolicy,
} from "./policy";

/** Who is at the door. */
export type Actor =
  | { readonly kind: "visitor" }
  /** Whoever has a shell on the machine: the admin command. */
  | { readonly kind: "operator" }
  | {
      readonly kind: "person";
      readonly personId: string;
      /** The time zone that they chose to see times in; null for none. */
      readonly zone: string | null;
      readonly organizerOf: ReadonlySet<string>;
      /** track id -> event id */
      readonly leadOf: ReadonlyMap<string, string>;
      /** entry id -> event id */
      readonly memberOf: ReadonlyMap<string, string>;
    }
  | {
      readonly kind: "agent";
      readonly agentId: string;
      readonly eventId: string;
      /** null for a neutral agent */
      readonly entryId: string | null;
    };

/** Who it is, when it is a person; null for anybody else. */
export const personIdOf = ({ actor }: { actor: Actor }): string | null =>
  actor.kind === "person" ? actor.personId : null;

/** What is acted on: an event, and the track in it when there is one. Loaded, never sent. */
export type Scope = {
  readonly eventId: string;
  readonly eventSlug: string;
  readonly phase: Phase;
  /** Whether everybody may see its results: live public, or published. */
  readonly isOpen: boolean;
  readonly trackId?: string;
};

declare const minted: unique symbol;

/** Proof that `actor` may perform `action` in one event. Only `grant` makes one. */
export type Permit<A extends Action> = {
  readonly action: A;
  readonly actor: Actor;
  readonly roles: ReadonlySet<Role>;
  readonly scope: Scope;
  readonly [minted]: true;
};

/**
 * The gate. What the actor may not see at all is `not_found`; what it sees but may not do is
 * `forbidden`, or `unauthenticated` for somebody who has not signed in; the wrong time is `wrong_phase`.
 */
export function grant<A extends Action>(actor: Actor, action: A, scope: Scope): Permit<A> {
  const roles = rolesIn(actor, scope);
  const rule: Rule = policy[action];
  if (!isEventSeen(roles, scope)) throw new Refusal("not_found", "There is no such event.");
  if (!rule.roles.some((role) => roles.has(role))) throw refusalFor(actor, action);
  if (!rule.phases.includes(scope.phase)) throw wrongPhase(action, scope.phase);
  return { action, actor, roles, scope } as Permit<A>;
}

/** The same for whoever asks of several events at once: null where the gate stays shut, for whatever reason. */
export function grantOrNull<A extends Action>(
  actor: Actor,
  action: A,
  scope: Scope,
): Permit<A> | null {
  try {
    return grant(actor, action, scope);
  } catch (error) {
    if (error instanceof Refusal) return null;
    throw error;
  }
}

const isEventSeen = (roles: ReadonlySet<Role>, scope: Scope) =>
  scope.phase !== "draft" || roles.has("organizer") || roles.has("lead") || roles.has("agent");

const refusalFor = (actor: Actor, action: Action) =>
  actor.kind === "visitor"
    ? new Refusal("unauthenticated", "Sign in first.")
    : new Refusal("forbidden", `This account may not do that here (${action}).`);

const wrongPhase = (action: Action, phase: Phase) =>
  new Refusal("wrong_phase", `Not possible while the event is in ${phase} (${action}).`);

export function rolesIn(actor: Actor, scope: Scope): ReadonlySet<Role> {
  const roles = new Set<Role>(["visitor"]);
  if (scope.isOpen) roles.add("audience");
  if (actor.kind === "agent" && actor.eventId === scope.eventId) roles.add("agent");
  if (actor.kind === "operator") roles.add("organizer");
  if (actor.kind === "person") addPersonRoles(roles, actor, scope);
  return roles;
}

function addPersonRoles(
  roles: Set<Role>,
  actor: Extract<Actor, { kind: "person" }>,
  { eventId, trackId }: Scope,
) {
  roles.add("person");
  if ([...actor.memberOf.values()].includes(eventId)) roles.add("participant");
  if (actor.organizerOf.has(eventId)) roles.add("organizer");
  // Of one track only its own leads are leads; of the event as a whole, those of any track.
  const leads =
    trackId === undefined
      ? [...actor.leadOf.values()].includes(eventId)
      : actor.leadOf.has(trackId);
  if (leads) roles.add("lead");
}

/** Proof that `actor` may perform a site action. */
export type SitePermit<A extends SiteAction> = {
  readonly action: A;
  readonly actor: Actor;
  readonly [minted]: true;
};

export function grantSite<A extends SiteAction>(actor: Actor, action: A): SitePermit<A> {
  const rule: { readonly roles: readonly SiteRole[] } = sitePolicy[action];
  if (!rule.roles.some((role) => siteRolesOf(actor).includes(role))) {
    throw actor.kind === "visitor"
      ? new Refusal("unauthenticated", "Sign in first.")
      : new Refusal("forbidden", `This account may not do that (${action}).`);
  }
  return { action, actor } as SitePermit<A>;
}

const siteRolesOf = ({ kind }: Actor): readonly SiteRole[] => {
  if (kind === "person") return ["visitor", "person"];
  return kind === "operator" ? ["visitor", "person", "operator"] : ["visitor"];
};

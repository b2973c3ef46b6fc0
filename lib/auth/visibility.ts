import type { Permit } from "./permit";
import type { Action } from "./policy";

const INSIDERS = ["participant", "lead", "organizer", "agent"] as const;

/** Whether the reader is one of the event's own, to whom consent to publication does not apply. */
export const isInsider = ({ roles }: Permit<Action>) => INSIDERS.some((role) => roles.has(role));

/** The reader's own entries at the event, whether or not they have a part in a track. */
export function ownEntries({ actor, scope }: Permit<Action>): string[] {
  if (actor.kind === "agent") return actor.entryId === null ? [] : [actor.entryId];
  if (actor.kind !== "person") return [];
  return [...actor.memberOf].filter(([, eventId]) => eventId === scope.eventId).map(([id]) => id);
}

/**
 * Whose results of a track the reader may see: null for everybody's; else the ids of the entries
 * whose own cells are all there is. Only a restricted track limits anybody: to its parties, its
 * leads and the organizers.
 */
export function visibleEntries(
  permit: Permit<Action>,
  track: { id: string; restricted: boolean },
): string[] | null {
  const { actor, roles } = permit;
  if (!track.restricted || roles.has("organizer")) return null;
  if (actor.kind === "agent" && actor.entryId === null) return null;
  if (actor.kind === "person" && actor.leadOf.has(track.id)) return null;
  return ownEntries(permit);
}

import type { Permit } from "./permit";
import type { Action } from "./policy";

const INSIDERS = ["participant", "lead", "organizer", "agent"] as const;

/** Whether the reader is one of the event's own, to whom consent to publication does not apply. */
export const isInsider = ({ roles }: Permit<Action>) => INSIDERS.some((role) => roles.has(role));

/**
 * Whose results of a track the reader may see: null for everybody's; else the ids of the entries
 * whose own cells are all there is. Only a restricted track limits anybody: to its parties, its
 * leads and the organizers.
 */
export function visibleEntries(
  { actor, roles, scope }: Permit<Action>,
  track: { id: string; restricted: boolean },
): string[] | null {
  if (!track.restricted || roles.has("organizer")) return null;
  if (actor.kind === "agent") return actor.entryId === null ? null : [actor.entryId];
  if (actor.kind !== "person") return [];
  if (actor.leadOf.has(track.id)) return null;
  return [...actor.memberOf].filter(([, eventId]) => eventId === scope.eventId).map(([id]) => id);
}

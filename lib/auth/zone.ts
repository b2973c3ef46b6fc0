import type { Actor } from "./permit";

/**
 * The zone in which somebody is shown the times of an event: their own when they have set one, else the
 * event's. The days of an event stay days of its own zone.
 */
export const shownZone = ({ actor }: { actor: Actor }, eventZone: string): string =>
  (actor.kind === "person" ? actor.zone : null) ?? eventZone;

/** Whose desk the panel stands on: the page, and what the reader may say there. */
export type Desk = {
  eventSlug: string;
  trackSlug: string;
  /** IANA name of the zone in which moments are told. */
  zone: string;
  isReview: boolean;
  /** Empty for who is not signed in. */
  personId: string;
  /** Why the reader logs nothing here; null for who may. */
  whyNot: string | null;
  siteUrl: string;
};

export const trackPathOf = ({ eventSlug, trackSlug }: Pick<Desk, "eventSlug" | "trackSlug">) =>
  `/events/${eventSlug}/tracks/${trackSlug}`;

export const cellPath = (trackPath: string, id: string) => `${trackPath}/cells/${id}`;

type Reader = { personId: string; isParticipant: boolean; phase: string };

/** Why somebody cannot log a result of the track at all; null for who may. */
export function whyNotLog({ personId, isParticipant, phase }: Reader): string | null {
  if (phase === "draft" || phase === "registration")
    return "Nothing is logged yet: the organizer has not opened the testing.";
  if (phase === "published") return "The event is published: its results change no more.";
  if (personId === "") return "Sign in to log a result.";
  return isParticipant
    ? null
    : "Results are logged by those who take part: none of your entries is in this event.";
}

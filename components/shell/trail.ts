/** A page above the one that is shown. */
export type Step = { href: string; label: string };

/** The way to a page of an event: the list of events, the event, and what stands between. */
export const eventTrail = (slug: string, label: string, ...further: readonly Step[]): Step[] => [
  { href: "/", label: "Events" },
  { href: `/events/${slug}`, label },
  ...further,
];

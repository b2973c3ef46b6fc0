import { notFound } from "next/navigation";
import { cache } from "react";
import { ask } from "@/app/ask";
import { api } from "@/lib/trpc/server";

// Asked once per request, though a page and its title both want to know.

export const askEvent = cache((eventSlug: string) => ask(api.events.byName({ eventSlug })));

/** Without what the event holds, for pages that only say where they belong. */
export const askHead = cache((eventSlug: string) => ask(api.events.head({ eventSlug })));

export const askTrack = cache((eventSlug: string, trackSlug: string) =>
  ask(api.tracks.byName({ eventSlug, trackSlug })),
);

/** One test of a track's plan, by the key in the page's address; one that is not there is the 404 page. */
export const askTest = cache(async (eventSlug: string, trackSlug: string, testKey: string) => {
  const track = await askTrack(eventSlug, trackSlug);
  if (track.refused !== null) return track;
  const test = track.value.tests.find(({ key }) => key === decodeURIComponent(testKey));
  if (!test) notFound();
  return { refused: null, value: { test, track: track.value } };
});

export const askMatrix = cache((eventSlug: string, trackSlug: string) =>
  ask(api.matrices.byTrack({ eventSlug, trackSlug })),
);

export const askMeasurements = cache((eventSlug: string, trackSlug: string) =>
  ask(api.measurements.byTrack({ eventSlug, trackSlug })),
);

export const askCell = cache((eventSlug: string, trackSlug: string, cellId: string) =>
  ask(api.results.cell({ eventSlug, trackSlug, cellId })),
);

export const askAgent = cache((eventSlug: string, agentId: string) =>
  ask(api.agents.byId({ eventSlug, agentId })),
);

/** The words of a page's title, the nearest first; `Plugfest` is added by the layout. */
export const titleOf = (...parts: readonly string[]) => ({ title: parts.join(" · ") });

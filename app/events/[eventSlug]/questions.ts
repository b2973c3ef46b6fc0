import { cache } from "react";
import { ask } from "@/app/ask";
import { api } from "@/lib/trpc/server";

// Asked once per request, though a page and its title both want to know.

export const askEvent = cache((eventSlug: string) => ask(api.events.byName({ eventSlug })));

export const askTrack = cache((eventSlug: string, trackSlug: string) =>
  ask(api.tracks.byName({ eventSlug, trackSlug })),
);

export const askMatrix = cache((eventSlug: string, trackSlug: string) =>
  ask(api.matrices.byTrack({ eventSlug, trackSlug })),
);

export const askCell = cache((eventSlug: string, trackSlug: string, cellId: string) =>
  ask(api.results.cell({ eventSlug, trackSlug, cellId })),
);

/** The words of a page's title, the nearest first; `Plugfest` is added by the layout. */
export const titleOf = (...parts: readonly string[]) => ({ title: parts.join(" · ") });

import { cache } from "react";
import { ask } from "@/app/ask";
import { api } from "@/lib/trpc/server";

// What only those ask who lead the track.

type Question<T> = (eventSlug: string, trackSlug: string) => Promise<T>;
const once = <T>(question: Question<T>) =>
  cache((eventSlug: string, trackSlug: string) => ask(question(eventSlug, trackSlug)));

export const askDesk = once((eventSlug, trackSlug) => api.tracks.desk({ eventSlug, trackSlug }));

export const askNames = once((eventSlug, trackSlug) => api.mappings.list({ eventSlug, trackSlug }));

export const askDays = once((eventSlug, trackSlug) => api.dayNotes.days({ eventSlug, trackSlug }));

export const askPlan = once((eventSlug, trackSlug) => api.plans.byTrack({ eventSlug, trackSlug }));

export const askPlanned = cache((eventSlug: string, trackSlug: string, testKey: string) =>
  ask(api.plans.byTest({ eventSlug, trackSlug, testKey: decodeURIComponent(testKey) })),
);

export const askNote = cache((eventSlug: string, trackSlug: string, day: string) =>
  ask(api.dayNotes.byDay({ eventSlug, trackSlug, day })),
);

import { cache } from "react";
import { ask } from "@/app/ask";
import { api } from "@/lib/trpc/server";

export const askLatest = cache((eventSlug: string) => ask(api.summaries.latest({ eventSlug })));

export const askVersion = cache((eventSlug: string, version: number) =>
  ask(api.summaries.version({ eventSlug, version })),
);

export const askDesk = cache((eventSlug: string) => ask(api.summaries.desk({ eventSlug })));

export const askPreview = cache((eventSlug: string) => ask(api.summaries.preview({ eventSlug })));

export const askBlock = cache((eventSlug: string, key: string) =>
  ask(api.summaries.block({ eventSlug, key })),
);

import { cache } from "react";
import { ask } from "@/app/ask";
import { api } from "@/lib/trpc/server";

/** Asked once per request, though a page and its title both want to know. */
export const askProject = cache((slug: string) => ask(api.projects.bySlug({ slug })));

export const askPartners = (slug: string) => ask(api.couples.byProject({ slug }));

export const askCouple = cache((slug: string, other: string) =>
  ask(api.couples.byProjects({ slug, other })),
);

import * as z from "zod";
import { safeName, safeText, slugSchema } from "@/lib/core/text";
import type { Phase } from "@/lib/events/schema";

const link = z
  .url({ protocol: /^https?$/, error: "Must be a web address, such as https://example.org." })
  .max(500);
const NAME_LENGTH = 80;

export const projectSchema = z.strictObject({
  slug: slugSchema,
  name: safeName(NAME_LENGTH),
  aliases: z.array(safeName(NAME_LENGTH)).max(32).default([]),
  intro: safeText(2000).default(""),
  homepageUrl: link.optional(),
  trackerUrl: link.optional(),
  securityContact: safeText(255).optional(),
});
export type ProjectInput = z.output<typeof projectSchema>;

/** A project as somebody names it who does not know whether it is here. */
export const namedProjectSchema = z.strictObject({
  name: z.string().trim().pipe(safeName(NAME_LENGTH)),
  homepageUrl: link.optional(),
  /** That none of the projects with a similar name is meant. */
  isNew: z.boolean().default(false),
});
export type NamedProject = z.output<typeof namedProjectSchema>;

/** What the project's own people may change of it: not its slug, which is in addresses. */
export const projectEditSchema = projectSchema.omit({ slug: true });
export type ProjectEdit = z.output<typeof projectEditSchema>;

/** The names of a project, as it is searched by them. */
export type ProjectNames = { slug: string; name: string; aliases: string[] };

export type ProjectLine = ProjectNames & {
  intro: string;
  /** Events with an entry of it that the reader may see. */
  events: number;
};

/** A project through its events, as far as the reader may see them; the latest first. */
export type ProjectPage = ProjectNames & {
  intro: string;
  homepageUrl: string | null;
  trackerUrl: string | null;
  securityContact: string | null;
  isMine: boolean;
  entries: {
    event: string;
    eventLabel: string;
    phase: Phase;
    zone: string;
    startsAt: string | null;
    endsAt: string | null;
    slug: string;
    name: string;
    kind: "participant" | "helper" | "tool";
    build: string | null;
    tracks: { slug: string; title: string }[];
  }[];
};

import * as z from "zod";
import { momentSchema, safeName, safeText, slugSchema } from "@/lib/core/text";

export const PHASES = ["draft", "registration", "testing", "review", "published"] as const;
export const phaseSchema = z.enum(PHASES);
export type Phase = z.infer<typeof phaseSchema>;

/** members: its participants see results; public: everyone sees them live. */
export const VISIBILITIES = ["members", "public"] as const;
export const visibilitySchema = z.enum(VISIBILITIES);
export type Visibility = z.infer<typeof visibilitySchema>;

export type EventLine = {
  slug: string;
  label: string;
  intro: string;
  place: string;
  phase: Phase;
  zone: string;
  startsAt: string | null;
  endsAt: string | null;
  tracks: number;
  entries: number;
};

/** An event as its page shows it. Counts are null where the reader may not see results. */
export type EventPage = EventLine & {
  visibility: Visibility;
  isOpen: boolean;
  /** What the reader is here, for what the page offers: participant, lead, organizer. */
  roles: string[];
  trackLines: {
    slug: string;
    title: string;
    intro: string;
    restricted: boolean;
    leads: string[];
    tests: number;
    entries: number;
    progress: {
      executed: number;
      confirmed: number;
      disputed: number;
      latestAt: string | null;
    } | null;
  }[];
  entryLines: {
    slug: string;
    name: string;
    project: string;
    kind: "participant" | "helper" | "tool";
    build: string | null;
    tracks: string[];
  }[];
};

export const eventInputSchema = z.strictObject({
  slug: slugSchema,
  label: safeName(80),
  intro: safeText(4000).default(""),
  place: safeText(200).default(""),
  phase: phaseSchema.default("draft"),
  visibility: visibilitySchema.default("members"),
  zone: safeName(64).default("UTC"),
  startsAt: momentSchema.optional(),
  endsAt: momentSchema.optional(),
  entryPolicy: z.enum(["open", "approval"]).default("approval"),
});
export type EventInput = z.output<typeof eventInputSchema>;

export const seriesSchema = z.strictObject({ slug: slugSchema, name: safeName(80) });
export type SeriesInput = z.output<typeof seriesSchema>;

/** What an event asks of somebody who has a part in it. Empty for everybody else. */
export type OwnPart = {
  entries: {
    slug: string;
    name: string;
    state: "requested" | "admitted" | "declined" | "withdrawn";
    /** Cells that others have spoken of and this entry has not. */
    awaiting: number;
  }[];
  tracks: { slug: string; title: string; disputed: number; unmapped: number }[];
  /** Entries that wait for the organizer's decision; null for everybody else. */
  requests: number | null;
};

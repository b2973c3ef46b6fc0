import * as z from "zod";
import { momentSchema, safeName, safeText, slugSchema } from "@/lib/core/text";
import type { Counts } from "@/lib/matrices/schema";

export const PHASES = ["draft", "registration", "testing", "review", "published"] as const;
export const phaseSchema = z.enum(PHASES);
export type Phase = z.infer<typeof phaseSchema>;

/** members: its participants see results; public: everyone sees them live. */
export const VISIBILITIES = ["members", "public"] as const;
export const visibilitySchema = z.enum(VISIBILITIES);
export type Visibility = z.infer<typeof visibilitySchema>;

/** Whom an event thanks for money, machines or rooms. */
export const sponsorSchema = z.object({
  name: safeName(80),
  url: z.union([z.literal(""), z.url({ protocol: /^https?$/ }).max(300)]).default(""),
  note: safeText(160).default(""),
});
export type Sponsor = z.infer<typeof sponsorSchema>;

/** What a published account of an event states: told with its source, and never made into results. */
export const statementSchema = z.object({
  about: safeName(80),
  text: safeName(600),
  figure: z.object({ value: z.number(), unit: safeName(40) }).optional(),
  track: slugSchema.optional(),
  source: safeName(160),
});
export type Statement = z.infer<typeof statementSchema>;

/** Whether this machine knows the zone, and with it the pages that print times in it. */
function isKnownZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: zone }).format(0) !== "";
  } catch {
    return false;
  }
}

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
  /** Where `zone` is the reader's own: the zone of the event, whose days its days are. */
  homeZone: string;
  visibility: Visibility;
  isOpen: boolean;
  sponsors: Sponsor[];
  statements: Statement[];
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
    /** Each number is inside the one before, as in the track's matrix. */
    progress: (Counts & { disputed: number; latestAt: string | null }) | null;
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

/** What the pages within an event say of it. */
export type EventHead = Pick<EventPage, "slug" | "label" | "zone" | "phase" | "roles">;

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
  sponsors: z.array(sponsorSchema).max(40).default([]),
  statements: z.array(statementSchema).max(200).default([]),
});
export type EventInput = z.output<typeof eventInputSchema>;

export const seriesSchema = z.strictObject({ slug: slugSchema, name: safeName(80) });
export type SeriesInput = z.output<typeof seriesSchema>;

const day = z.union([
  z.literal(""),
  z.iso.date({ error: "Write the day as 2026-11-20, or leave it empty." }),
]);

/** What an organizer sets. Days are those of the zone; an empty one is not known yet. */
export const settingsSchema = z
  .strictObject({
    label: z.string().trim().pipe(safeName(80)),
    intro: z.string().trim().pipe(safeText(4000)),
    place: z.string().trim().pipe(safeText(200)),
    startsOn: day,
    endsOn: day,
    zone: z.string().trim().refine(isKnownZone, {
      error: "No such time zone. Use a name such as Europe/Bucharest or UTC.",
    }),
    visibility: visibilitySchema,
    entryPolicy: z.enum(["open", "approval"]),
    unmappedNames: z.enum(["accept", "refuse"]),
    sponsors: z.array(sponsorSchema).max(40),
  })
  .refine(({ startsOn, endsOn }) => endsOn === "" || startsOn !== "", {
    path: ["startsOn"],
    error: "With a last day, say the first day too.",
  })
  .refine(({ startsOn, endsOn }) => endsOn === "" || startsOn <= endsOn, {
    path: ["endsOn"],
    error: "The last day is before the first.",
  });
export type Settings = z.output<typeof settingsSchema>;

/** The organizer's desk. */
export type SettingsPage = Settings & {
  phase: Phase;
  series: string | null;
  /** What stands against going back. */
  entries: number;
  hasResults: boolean;
  testingEndedAt: string | null;
  versions: number;
};

/** The next edition of a series, from this one. */
export const editionSchema = z.strictObject({
  slug: slugSchema,
  label: z.string().trim().pipe(safeName(80)),
});
export type EditionInput = z.output<typeof editionSchema>;

/** What an event asks of somebody who has a part in it. Empty for everybody else. */
export type OwnPart = {
  entries: {
    slug: string;
    name: string;
    state: "requested" | "admitted" | "declined" | "withdrawn";
    /** Cells that others have spoken of and this entry has not answered. */
    awaiting: number;
  }[];
  tracks: { slug: string; title: string; disputed: number; unmapped: number }[];
  /** Entries that wait for the organizer's decision; null for everybody else. */
  requests: number | null;
};

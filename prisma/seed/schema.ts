import * as z from "zod";
import { sha256Schema as sha256, slugSchema as slug } from "@/lib/core/text";
import { consentSchema } from "@/lib/entries/schema";
import { phaseSchema, statementSchema, visibilitySchema } from "@/lib/events/schema";
import { toldIssueSchema } from "@/lib/issues/schema";

// The shapes of the demonstration events' files; prisma/seed/README.md says where they come from.

const text = (longest: number) => z.string().trim().min(1).max(longest);
const moment = z.iso.datetime();

const projectSeedSchema = z.strictObject({
  slug,
  name: text(80),
  aliases: z.array(text(80)).default([]),
  intro: z.string().max(600).default(""),
  homepageUrl: z.url().optional(),
  trackerUrl: z.url().optional(),
});

const buildSeedSchema = z.strictObject({
  label: text(80),
  commit: text(64).optional(),
  note: z.string().max(400).default(""),
  parts: z.array(z.strictObject({ name: text(80), version: text(80) })).default([]),
});

const entrySeedSchema = z.strictObject({
  slug,
  project: slug,
  name: text(80),
  kind: z.enum(["participant", "helper", "tool"]),
  note: z.string().max(400).default(""),
  /** track slug -> role keys; empty where the source tells the track and not the role. */
  tracks: z.record(slug, z.array(slug)).default({}),
  builds: z.array(buildSeedSchema).default([]),
  currentBuild: text(80).optional(),
  /** Where a published account names the project. */
  consent: consentSchema.optional(),
});

/** A track taken from the built-in catalogue, with what this edition adds to it. */
const eventTrackSeedSchema = z.strictObject({
  slug,
  leadNames: z.array(text(80)).default([]),
  note: z.string().max(1200).default(""),
});

export const eventSeedSchema = z.strictObject({
  series: z.strictObject({ slug, name: text(80) }),
  event: z.strictObject({
    slug,
    label: text(80),
    intro: z.string().max(2000),
    place: z.string().max(120).default(""),
    phase: phaseSchema,
    visibility: visibilitySchema,
    zone: text(64),
    startsAt: moment.optional(),
    endsAt: moment.optional(),
  }),
  sponsors: z.array(text(80)).default([]),
  tracks: z.array(eventTrackSeedSchema),
  projects: z.array(projectSeedSchema),
  entries: z.array(entrySeedSchema),
  agents: z.array(z.strictObject({ name: text(80), entry: slug.nullable() })).default([]),
  statements: z.array(statementSchema).default([]),
  issues: z.array(toldIssueSchema).default([]),
});

const fileSchema = z.strictObject({ name: text(255), sha256 });

/** How a folder of run fixtures came to be. */
export const provenanceSchema = z.strictObject({
  track: slug,
  converter: text(120),
  ranOn: z.iso.date(),
  host: text(200),
  tools: z
    .array(z.strictObject({ name: text(80), version: text(80), note: text(400).optional() }))
    .min(1),
  clock: z.array(text(400)).min(1),
  judgement: z.array(text(600)).min(1),
  leftOut: z.array(text(600)).default([]),
  files: z.array(fileSchema).min(1),
});

export type EventSeed = z.infer<typeof eventSeedSchema>;

import * as z from "zod";
import { safeName, safeText, slugSchema } from "@/lib/core/text";

export const ENTRY_KINDS = ["participant", "helper", "tool"] as const;

export const buildSchema = z.strictObject({
  label: safeName(120),
  commit: safeText(64).optional(),
  note: safeText(1000).default(""),
  /** The parts of a composite: "SRS = OpenSIPS SDP demux + FreeSWITCH". */
  parts: z
    .array(z.strictObject({ name: safeName(80), version: safeText(120) }))
    .max(16)
    .default([]),
});

/** track slug -> the roles it plays there */
export const playsSchema = z.record(slugSchema, z.array(slugSchema).max(24));

export const entrySchema = z.strictObject({
  slug: slugSchema,
  name: safeName(80),
  kind: z.enum(ENTRY_KINDS).default("participant"),
  note: safeText(1000).default(""),
  tracks: playsSchema,
  builds: z.array(buildSchema).max(64).default([]),
  currentBuild: safeName(120).optional(),
});
export type EntryInput = z.output<typeof entrySchema>;

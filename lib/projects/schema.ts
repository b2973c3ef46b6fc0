import * as z from "zod";
import { safeName, safeText, slugSchema } from "@/lib/core/text";

const link = z.url({ protocol: /^https?$/ }).max(500);

export const projectSchema = z.strictObject({
  slug: slugSchema,
  name: safeName(80),
  aliases: z.array(safeName(80)).max(32).default([]),
  intro: safeText(2000).default(""),
  homepageUrl: link.optional(),
  trackerUrl: link.optional(),
  securityContact: safeText(255).optional(),
});
export type ProjectInput = z.output<typeof projectSchema>;

import * as z from "zod";
import { safeText } from "@/lib/core/text";
import type { Outcome } from "@/lib/results/schema";
import type { RulingCause } from "@/lib/rulings/schema";

/** A day in the event's zone: `2026-11-23`. */
export const daySchema = z.iso.date({ error: "A day as 2026-11-23." });

export const noteInputSchema = z.strictObject({
  day: daySchema,
  /** Markdown. */
  body: z.string().trim().pipe(safeText(20_000)),
  /** When the note that was changed was last written; empty when there was none. */
  seen: z.string().max(40),
});
export type NoteInput = z.output<typeof noteInputSchema>;

/** What happened on a day in a track, as a draft tells it. */
export type DayFacts = {
  confirmed: CellFact[];
  settled: (CellFact & { cause: RulingCause | null })[];
  /** How many cells were disputed at the end of the day. */
  disputed: number;
  fixed: {
    number: number;
    title: string;
    state: "fixedLive" | "fixedAfter";
    project: string | null;
  }[];
};
export type CellFact = {
  test: string;
  title: string;
  outcome: Outcome;
  variant: Record<string, string>;
  names: string[];
};

/** A day's note as its lead writes it. */
export type NotePage = {
  day: string;
  zone: string;
  note: { body: string; by: string; updatedAt: string; postedAt: string | null } | null;
  /** What the day's results and fixes make of it, as they are now. */
  draft: string;
};

/** Days of a track on which something was reported, and what became of their notes; newest first. */
export type NoteDay = { day: string; isWritten: boolean; isPosted: boolean };

/** A note as the event's page shows it. */
export type PostedNote = {
  day: string;
  track: { slug: string; title: string };
  body: string;
  by: string;
  postedAt: string;
};

import * as z from "zod";
import { idSchema, momentSchema, safeName, safeText, slugSchema, textMap } from "@/lib/core/text";
import {
  type Outcome,
  outcomeSchema,
  partySchema,
  roleKeySchema,
  seqSchema,
} from "@/lib/results/schema";

/** What a person says of one exchange. */
const wordShape = {
  outcome: outcomeSchema,
  unsupportedBy: z.array(roleKeySchema).max(16).default([]),
  /** In Markdown. */
  note: safeText(4096).default(""),
};
/** The id is made by whoever sends it: sent again, it is the same result. */
const saidShape = {
  id: idSchema,
  /** The entry whose word it is, for a person who is a member of several. */
  as: slugSchema.optional(),
};
type Word = { outcome: Outcome; unsupportedBy: string[]; note: string };

/** Two outcomes say nothing without a reason. */
function checkReason({ outcome, unsupportedBy, note }: Word, context: z.core.$RefinementCtx) {
  if (outcome === "unsupported" && unsupportedBy.length === 0) {
    const message = "Say which role does not support it.";
    context.addIssue({ code: "custom", path: ["unsupportedBy"], message });
  }
  if (outcome === "skipped" && note.trim() === "") {
    context.addIssue({ code: "custom", path: ["note"], message: "Say why it was skipped." });
  }
}

/** A role that was ticked before another outcome was chosen says nothing. */
const withoutStray = <W extends Word>(word: W): W =>
  word.outcome === "unsupported" ? word : { ...word, unsupportedBy: [] };

/** What a person logs. `startedAt` is left out for "just now", and a build for the current one. */
export const logSchema = z
  .strictObject({
    ...saidShape,
    ...wordShape,
    test: safeName(255),
    variant: textMap(64, 255, 16).default({}),
    parties: z
      .array(partySchema.pick({ role: true, entry: true, build: true }))
      .min(1)
      .max(16),
    startedAt: momentSchema.optional(),
  })
  .superRefine(checkReason)
  .transform(withoutStray);
export type LogInput = z.output<typeof logSchema>;

/** "We saw something else" of a result of another side. */
export const otherWordSchema = z
  .strictObject({ ...saidShape, ...wordShape, seq: seqSchema })
  .superRefine(checkReason)
  .transform(withoutStray);
export type OtherWord = z.output<typeof otherWordSchema>;

/** "Not us": the exchange it tells of did not involve this entry. */
export const denialSchema = z.strictObject({ ...saidShape, note: wordShape.note, seq: seqSchema });
export type DenialInput = z.output<typeof denialSchema>;

export const AGREED_AT_ONCE = 200;
export const agreementSchema = z.strictObject({
  as: saidShape.as,
  seqs: z.array(seqSchema).min(1).max(AGREED_AT_ONCE),
});
export type AgreementInput = z.output<typeof agreementSchema>;

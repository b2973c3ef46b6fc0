import * as z from "zod";
import type { LogSheet } from "./sheet";

// What is typed and not saved, kept in this browser: a closed tab or a lost connection loses nothing.
// Never of a restricted track: whoever uses the browser next could read it.

export type Draft = Record<string, string[]>;

/** What a draft holds; the rest is preset. */
const KEPT = ["result.id", "result.outcome", "result.unsupportedBy", "result.note"];

const keyOf = ({ eventSlug, track, test, variant, parties, personId }: LogSheet) =>
  `plugfest draft ${JSON.stringify([personId, eventSlug, track.slug, test, variant, parties.map(({ role, entry }) => `${role} ${entry}`)])}`;

/** Some browsers refuse to keep anything: then there are no drafts. */
function storage(): Storage | null {
  try {
    return window.localStorage;
  } catch (error) {
    if (error instanceof DOMException) return null;
    throw error;
  }
}

/** Whether there is something in the form that would be lost. */
export const saysSomething = (fields: FormData) =>
  [...fields.getAll("result.outcome"), fields.get("result.note")].some((value) => value !== "");

/** Keeps what the form holds; returns whether it could. */
export function keepDraft(sheet: LogSheet, fields: FormData): boolean {
  if (sheet.track.restricted) return false;
  const kept = storage();
  if (!saysSomething(fields)) {
    kept?.removeItem(keyOf(sheet));
    return false;
  }
  const draft: Draft = Object.fromEntries(
    KEPT.map((name) => [name, fields.getAll(name).filter((value) => typeof value === "string")]),
  );
  try {
    kept?.setItem(keyOf(sheet), JSON.stringify(draft));
    return kept !== null;
  } catch (error) {
    // Full, or forbidden.
    if (error instanceof DOMException) return false;
    throw error;
  }
}

export function findDraft(sheet: LogSheet): Draft | null {
  const text = sheet.track.restricted ? null : storage()?.getItem(keyOf(sheet));
  return draftSchema.safeParse(text).data ?? null;
}

/** Whatever stands there is for anybody who uses this browser to change. */
const draftSchema = z
  .string()
  .transform((text, { addIssue }): unknown => {
    try {
      return JSON.parse(text);
    } catch (error) {
      addIssue({ code: "custom", message: String(error) });
      return z.NEVER;
    }
  })
  .pipe(z.record(z.string(), z.array(z.string())));

export const dropDraft = (sheet: LogSheet) => storage()?.removeItem(keyOf(sheet));

/** Puts what a draft tells of into its form; other fields stay as they are. */
export function fillIn(form: HTMLFormElement, draft: Draft) {
  const choices = form.querySelectorAll<HTMLInputElement>(
    "input[type=radio], input[type=checkbox]",
  );
  for (const input of choices) {
    const told = draft[input.name];
    if (told) input.checked = told.includes(input.value);
  }
  for (const name of ["result.note", "result.id"]) {
    const field = form.elements.namedItem(name);
    const value = draft[name]?.[0];
    if (value === undefined) continue;
    if (field instanceof HTMLTextAreaElement || field instanceof HTMLInputElement)
      field.value = value;
  }
}

import type { Fields } from "./form";

/** A text field, without the blanks around it; empty when it was left out. */
export const text = (fields: Fields, name: string): string => (fields.get(name) ?? "").trim();

/** The same for a field that may be left empty: `undefined` then. */
export const textOrNone = (fields: Fields, name: string): string | undefined =>
  text(fields, name) || undefined;

/** The lines of a text area that say something. */
export const lines = (fields: Fields, name: string): string[] =>
  text(fields, name)
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");

export const isTicked = (fields: Fields, name: string): boolean => fields.has(name);

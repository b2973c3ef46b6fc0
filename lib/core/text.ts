import * as z from "zod";

/**
 * Text that Postgres can hold: no NUL, no lone surrogate (one of either aborts a whole jsonb
 * statement). `max` counts UTF-16 units, as JSON Schema's maxLength nearly does.
 */
export const safeText = (max: number) =>
  z
    .string()
    .max(max)
    .refine((text) => !text.includes("\u0000") && text.isWellFormed(), {
      error: "Contains a NUL or a lone surrogate; replace it by U+FFFD.",
      params: { code: "unsafe_text" },
    });

/** Text that says something. */
export const safeName = (max: number) => safeText(max).min(1);

export const SLUG = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
/** Names in URLs and on axes: `opensipit-03`, `kamailio-strict`. */
export const slugSchema = z.string().max(60).regex(SLUG, {
  error: "Must be lower-case letters, digits and single hyphens, such as opensipit-03.",
});

/** A moment as RFC 3339 writes it, with a zone, brought to UTC and milliseconds. Postgres knows no year 0. */
export const momentSchema = z.iso
  .datetime({ offset: true, abort: true })
  .overwrite((text) => (isCanonical(text) ? text : new Date(text).toISOString()))
  .refine((text) => text >= "1970" && text < "9999", {
    error: "Must lie between 1970 and 9999.",
    abort: true,
  });

/** `2026-11-20T09:00:00.000Z`: of valid moments only this form is 24 long and in UTC. */
const isCanonical = (text: string) => text.length === 24 && text.endsWith("Z");

/** Any RFC 9562 UUID, in lower case so that one id has one spelling. */
export const idSchema = z.uuid().overwrite((id) => id.toLowerCase());

export const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/, {
  error: "Must be a SHA-256 in 64 lower-case hexadecimal digits.",
});

/** A small map of text, its keys sorted so that equal maps have equal bytes. */
export const textMap = (keyMax: number, valueMax: number, entries: number) =>
  z
    .record(safeName(keyMax), safeText(valueMax))
    .refine((map) => Object.keys(map).length <= entries, {
      error: `At most ${entries} keys.`,
    })
    .transform(
      (map): Record<string, string> =>
        Object.fromEntries(Object.entries(map).sort(([a], [b]) => (a < b ? -1 : 1))),
    );

/** Text of people's on one line: it can pose as no other part of a mail. */
export const oneLine = (text: string): string =>
  text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, " ").trim();

/** The same for several lines, each marked as somebody's words. */
export const quoted = (text: string): string =>
  text
    .split(/[\n\r\u2028\u2029]+/)
    .map((line) => `> ${oneLine(line)}`)
    .join("\n");

const REPLACEMENT = "\ufffd";
const DEEPEST = 12;

/** Text that Postgres can hold: NUL and lone surrogates become U+FFFD. */
export const cleanText = (text: string): string =>
  text.replaceAll("\u0000", REPLACEMENT).toWellFormed();

/** The same value with every text in it cleaned, and whether any had to be. */
export function cleanDeep<T>(value: T): { value: T; isChanged: boolean } {
  let isChanged = false;
  const clean = (text: string) => {
    const cleaned = cleanText(text);
    isChanged ||= cleaned !== text;
    return cleaned;
  };
  const walk = (part: unknown, depth: number): unknown => {
    if (typeof part === "string") return clean(part);
    if (typeof part !== "object" || part === null || depth > DEEPEST) return part;
    if (Array.isArray(part)) return part.map((element) => walk(element, depth + 1));
    return Object.fromEntries(
      Object.entries(part).map(([key, inner]) => [clean(key), walk(inner, depth + 1)]),
    );
  };
  const walked = walk(value, 0) as T;
  return { value: walked, isChanged };
}

const isContinuation = (byte: number | undefined) => byte !== undefined && (byte & 0xc0) === 0x80;

/** The first bytes of a text as UTF-8, no character cut in two. */
export function headBytes(text: string, max: number): string {
  const bytes = Buffer.from(text);
  if (bytes.length <= max) return text;
  let end = max;
  while (end > 0 && isContinuation(bytes[end])) end -= 1;
  return bytes.toString("utf8", 0, end);
}

/** The last bytes of a text as UTF-8, no character cut in two. */
export function tailBytes(text: string, max: number): string {
  const bytes = Buffer.from(text);
  if (bytes.length <= max) return text;
  let start = bytes.length - max;
  while (isContinuation(bytes[start])) start += 1;
  return bytes.toString("utf8", start);
}

/** At most `max` UTF-16 units, with an ellipsis where something was cut. */
export function cut(text: string, max: number): string {
  if (text.length <= max) return text;
  return `${text.slice(0, max - 1).replace(/[\ud800-\udbff]$/, "")}…`;
}

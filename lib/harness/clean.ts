const REPLACEMENT = "\ufffd";
const DEEPEST = 12;

/** Text that Postgres can hold: NUL and lone surrogates become U+FFFD. */
export const cleanText = (text: string): string =>
  text.replaceAll("\u0000", REPLACEMENT).toWellFormed();

/** The same value with every text in it cleaned, and whether any had to be. */
export function cleanDeep<T>(value: T): { value: T; isChanged: boolean } {
  // Nearly every result is clean, and is not copied.
  if (isClean(value, 0)) return { value, isChanged: false };
  const walk = (part: unknown, depth: number): unknown => {
    if (typeof part === "string") return cleanText(part);
    if (typeof part !== "object" || part === null || depth > DEEPEST) return part;
    if (Array.isArray(part)) return part.map((element) => walk(element, depth + 1));
    return Object.fromEntries(
      Object.entries(part).map(([key, inner]) => [cleanText(key), walk(inner, depth + 1)]),
    );
  };
  return { value: walk(value, 0) as T, isChanged: true };
}

/** What lies deeper than any item may is left for its schema to refuse. */
function isClean(part: unknown, depth: number): boolean {
  if (typeof part === "string") return !part.includes("\u0000") && part.isWellFormed();
  if (typeof part !== "object" || part === null || depth > DEEPEST) return true;
  for (const key in part) {
    if (!isClean(key, depth) || !isClean((part as Record<string, unknown>)[key], depth + 1)) {
      return false;
    }
  }
  return true;
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

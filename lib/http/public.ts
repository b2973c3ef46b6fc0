import { createHash } from "node:crypto";
import { stringify } from "csv-stringify/sync";

type Tagged = { identity: string; type: string; name?: string };

const tagOf = (identity: string) =>
  `"${createHash("sha256").update(identity).digest("base64url").slice(0, 27)}"`;

const headersOf = (etag: string) => ({
  etag,
  "cache-control": "private, no-cache",
  vary: "Authorization, Cookie",
});

/**
 * For a file that says when it was made, and is otherwise the same as long as `word` is: a weak ETag (RFC 9110
 * section 8.8.1), and whether the asker has it, as a proxy that compresses may have spelt it.
 */
export function weakTag(request: Request, word: string): { etag: string; isKnown: boolean } {
  const opaque = tagOf(word);
  const asked = request.headers.get("if-none-match")?.split(",") ?? [];
  const isKnown = asked.some((one) => one.trim().replace(/^W\//, "") === opaque);
  return { etag: `W/${opaque}`, isKnown };
}

export const unchanged = (etag: string) =>
  new Response(null, { status: 304, headers: headersOf(etag) });

/** An answer that a browser or a script may keep and ask again about: 304 when it has not changed. */
function tagged(request: Request, text: string, { identity, type, name }: Tagged): Response {
  const etag = tagOf(identity);
  if (request.headers.get("if-none-match") === etag) return unchanged(etag);
  const file =
    name === undefined ? {} : { "content-disposition": `attachment; filename="${name}"` };
  return new Response(text, { headers: { ...headersOf(etag), ...file, "content-type": type } });
}

/** What is answered. `identity` is all that matters of it, when that is not the text itself. */
export type Text = { text: string; type: string; name?: string; identity?: string };

/**
 * The same for what is dear to make: `tag` is a word that stays as long as the text does, or null when
 * there is none to be sure of. Only then, and for whoever has something else, the text is made; one
 * that proves to be what the asker has is not sent either.
 */
export async function answerTagged(
  request: Request,
  { tag, make }: { tag: string | null; make: () => Promise<Text> },
): Promise<Response> {
  const asked = request.headers.get("if-none-match");
  if (tag !== null && asked === tagOf(tag)) return unchanged(asked);
  const { text, identity = text, ...rest } = await make();
  if (asked === tagOf(identity)) return unchanged(asked);
  return tagged(request, text, { ...rest, identity: tag ?? identity });
}

/** `identity` is what the tag is made of: all that matters of the body, and not when it was made. */
export const taggedJson = (request: Request, body: unknown, identity: string) =>
  tagged(request, JSON.stringify(body), { identity, type: "application/json" });

/** Text of a type of its own, such as Markdown. */
export const taggedText = (request: Request, text: string, type: string) =>
  tagged(request, text, { identity: text, type: `${type}; charset=utf-8` });

type Table = {
  columns: readonly string[];
  rows: readonly Record<string, string | number>[];
  name: string;
};

/** RFC 4180, with cells that a spreadsheet would take for formulas made harmless. */
export const csvText = ({ columns, rows, name }: Table): Text => ({
  text: stringify([...rows], {
    header: true,
    columns: [...columns],
    escape_formulas: true,
    record_delimiter: "windows",
  }),
  type: "text/csv; charset=utf-8",
  name,
});

export function taggedCsv(request: Request, table: Table): Response {
  const { text, type } = csvText(table);
  return tagged(request, text, { identity: text, type, name: table.name });
}

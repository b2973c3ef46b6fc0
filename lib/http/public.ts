import { createHash } from "node:crypto";
import { stringify } from "csv-stringify/sync";

type Tagged = { identity: string; type: string; name?: string };

/** An answer that a browser or a script may keep and ask again about: 304 when it has not changed. */
function tagged(request: Request, text: string, { identity, type, name }: Tagged): Response {
  const etag = `"${createHash("sha256").update(identity).digest("base64url").slice(0, 27)}"`;
  const headers = { etag, "cache-control": "private, no-cache", vary: "Authorization, Cookie" };
  if (request.headers.get("if-none-match") === etag) {
    return new Response(null, { status: 304, headers });
  }
  const file =
    name === undefined ? {} : { "content-disposition": `attachment; filename="${name}"` };
  return new Response(text, { headers: { ...headers, ...file, "content-type": type } });
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
export function taggedCsv(request: Request, { columns, rows, name }: Table): Response {
  const text = stringify([...rows], {
    header: true,
    columns: [...columns],
    escape_formulas: true,
    record_delimiter: "windows",
  });
  return tagged(request, text, { identity: text, type: "text/csv; charset=utf-8", name });
}

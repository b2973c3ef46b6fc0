import { createHash } from "node:crypto";

/** A JSON answer that a browser or a script may keep and ask again about: 304 when it has not changed. */
export function taggedJson(request: Request, body: unknown, identity: string): Response {
  const etag = `"${createHash("sha256").update(identity).digest("base64url").slice(0, 27)}"`;
  const headers = { etag, "cache-control": "private, no-cache", vary: "Authorization, Cookie" };
  if (request.headers.get("if-none-match") === etag)
    return new Response(null, { status: 304, headers });
  return Response.json(body, { headers });
}

const BYTES = 131_072;

/**
 * The fields of a form that a browser sends without scripts; null for anything else, and for more
 * than any form of ours holds. Counts while it reads.
 */
export async function readForm(request: Request): Promise<URLSearchParams | null> {
  const [type = ""] = (request.headers.get("content-type") ?? "").split(";");
  if (type.trim().toLowerCase() !== "application/x-www-form-urlencoded") return null;
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of (request.body ?? []) as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    if (size > BYTES) return null;
    chunks.push(chunk);
  }
  // Browsers send a line's end as two characters; we keep it as one.
  return new URLSearchParams(Buffer.concat(chunks).toString().replaceAll("%0D%0A", "%0A"));
}

/** The answer to what `readForm` does not take. */
export const notAForm = () =>
  new Response(`Send a form of one of this site's pages, of at most ${BYTES} bytes.\n`, {
    status: 400,
    headers: { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store" },
  });

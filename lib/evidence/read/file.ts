import type { Permit } from "@/lib/auth/permit";
import { Refusal } from "@/lib/core/refusal";
import { DATA_POLICY } from "@/lib/core/security-headers";
import { storage } from "@/lib/storage/storage";
import { attachmentNamed, spanAsked } from "../rules";
import { findHeld, type Held } from "./held";
import { mayHaveOriginal } from "./page";

/** The bytes as they were sent, or a part of them, as nothing but a file to be saved. */
export async function openFile(
  permits: readonly Permit<"evidence.view">[],
  { sha256, request }: { sha256: string; request: Request },
): Promise<Response> {
  const held = await findAmong(permits, sha256);
  if (!held) throw new Refusal("not_found", "There is no such evidence.");
  if (!mayHaveOriginal(held)) {
    throw new Refusal(
      "forbidden",
      "As it was sent, this text is for its reporter's members, the track's leads and the organizers, since it may hold secrets. Everybody else reads it masked, on its page.",
    );
  }
  const etag = `"${sha256}"`;
  const condition = request.headers.get("if-range");
  const isSame = condition === null || condition === etag;
  const span = isSame ? spanAsked(request.headers.get("range"), held.size) : null;
  const headers = { ...headersOf(held), etag };
  if (span === "unsatisfiable") {
    const range = { "content-range": `bytes */${held.size}` };
    return new Response(null, { status: 416, headers: { ...headers, ...range } });
  }
  const { start, end } = span ?? { start: 0, end: held.size - 1 };
  const bytes = await (await storage()).open(sha256, { start, end });
  return new Response(bytes, {
    status: span ? 206 : 200,
    headers: {
      ...headers,
      "content-length": String(end - start + 1),
      ...(span ? { "content-range": `bytes ${start}-${end}/${held.size}` } : {}),
    },
  });
}

/** By the event in which the reader is its owner, else by any in which they see it. */
async function findAmong(
  permits: readonly Permit<"evidence.view">[],
  sha256: string,
): Promise<Held | null> {
  let best: Held | null = null;
  for (const permit of permits) {
    const held = await findHeld(permit, sha256);
    if (held?.isOwn) return held;
    best ??= held;
  }
  return best;
}

const headersOf = ({ name }: Held): Record<string, string> => ({
  // Never what it is: nothing of it is to be shown or run by a browser.
  "content-type": "application/octet-stream",
  "content-disposition": attachmentNamed(name),
  "content-security-policy": DATA_POLICY.value,
  "x-content-type-options": "nosniff",
  "cross-origin-resource-policy": "same-origin",
  "cache-control": "private, no-store",
  "accept-ranges": "bytes",
});

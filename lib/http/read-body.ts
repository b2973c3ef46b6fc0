import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { Refusal } from "@/lib/core/refusal";

const unzip = promisify(gunzip);

/** API.md, "Limits". */
export const SENT_BYTES = 1_048_576;
const UNZIPPED_BYTES = 8 * 1_048_576;
const RATIO = 100;
/** Short texts zip better than any ratio would allow; they are harmless. */
const SMALL_BYTES = 65_536;

/** The body as JSON. Counts while it reads: a body that is too large or a bomb is never held whole. */
export async function readJson(request: Request): Promise<unknown> {
  requireJson(request);
  const text = decode(await unpack(request, await readBytes(request)));
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new Refusal("malformed", `The body is not JSON: ${(error as Error).message}`);
  }
}

function requireJson({ headers }: Request) {
  const type = (headers.get("content-type") ?? "").split(";")[0]?.trim().toLowerCase();
  if (type !== "application/json") {
    throw new Refusal("unsupported_media", "Send application/json.");
  }
}

async function readBytes(request: Request): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of (request.body ?? []) as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    if (size > SENT_BYTES) {
      throw new Refusal("too_large", `A request is at most ${SENT_BYTES} bytes as sent; split it.`);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

async function unpack({ headers }: Request, sent: Buffer): Promise<Buffer> {
  const encoding = headers.get("content-encoding")?.toLowerCase() ?? "identity";
  if (encoding === "identity") return sent;
  if (encoding !== "gzip")
    throw new Refusal("unsupported_media", "The only encoding taken is gzip.");
  const allowed = Math.min(UNZIPPED_BYTES, Math.max(SMALL_BYTES, sent.length * RATIO));
  try {
    return await unzip(sent, { maxOutputLength: allowed });
  } catch (error) {
    if ((error as { code?: string }).code === "ERR_BUFFER_TOO_LARGE") {
      const limit = `${UNZIPPED_BYTES} bytes unzipped, and ${RATIO} times what was sent`;
      throw new Refusal("too_large", `A request is at most ${limit}; split it.`);
    }
    throw new Refusal("malformed", "The body is not valid gzip.");
  }
}

function decode(bytes: Buffer): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new Refusal("malformed", "The body is not UTF-8.");
  }
}

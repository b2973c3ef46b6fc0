import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { BrokenLine } from "@/lib/core/broken-line";
import { Refusal } from "@/lib/core/refusal";

const unzip = promisify(gunzip);

/** API.md, "Limits". */
export const SENT_BYTES = 1_048_576;
const UNZIPPED_BYTES = 8 * 1_048_576;
const RATIO = 100;
/** Short texts zip better than any ratio would allow; they are harmless. */
const SMALL_BYTES = 65_536;

const JSON_TYPE = "application/json";
export const LINES_TYPE = "application/x-ndjson";

/** The body as JSON. Counts while it reads: a body that is too large or a bomb is never held whole. */
export async function readJson(request: Request): Promise<unknown> {
  requireType(request, [JSON_TYPE]);
  return parseJson(await readText(request));
}

/**
 * The body as JSON, or one item a line, put into an envelope. A line that is no JSON is an item that
 * cannot be taken; the others are. Of lines beyond `most` one is kept, for the envelope to refuse.
 */
export async function readBatch(
  request: Request,
  { most, envelope }: { most: number; envelope: (items: unknown[]) => unknown },
): Promise<unknown> {
  const type = requireType(request, [JSON_TYPE, LINES_TYPE]);
  const text = await readText(request);
  if (type === JSON_TYPE) return parseJson(text);
  return envelope(linesOf(text, most + 1).map(parseLine));
}

/** The first lines with something in them; a body may be a million empty ones. */
function linesOf(text: string, most: number): string[] {
  const lines: string[] = [];
  for (let at = 0; at < text.length && lines.length < most; ) {
    const found = text.indexOf("\n", at);
    const end = found < 0 ? text.length : found;
    const line = end > at ? text.slice(at, end) : "";
    if (line.trim() !== "") lines.push(line);
    at = end + 1;
  }
  return lines;
}

function parseLine(line: string): unknown {
  try {
    return JSON.parse(line) as unknown;
  } catch (error) {
    return new BrokenLine(line, (error as Error).message);
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new Refusal("malformed", `The body is not JSON: ${(error as Error).message}`);
  }
}

const readText = async (request: Request) =>
  decode(await unpack(request, await readBytes(request)));

function requireType({ headers }: Request, taken: readonly string[]): string {
  const type = (headers.get("content-type") ?? "").split(";")[0]?.trim().toLowerCase() ?? "";
  if (!taken.includes(type)) {
    throw new Refusal("unsupported_media", `Send ${taken.join(" or ")}.`);
  }
  return type;
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

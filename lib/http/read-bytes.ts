import { Refusal } from "@/lib/core/refusal";

/** A body of bytes as they come, and where they belong: `Upload-Offset`, 0 unless it is told. */
export function bytesOf(request: Request): { offset: number; chunks: AsyncIterable<Uint8Array> } {
  const { headers } = request;
  const encoding = headers.get("content-encoding")?.toLowerCase() ?? "identity";
  if (encoding !== "identity") {
    throw new Refusal("unsupported_media", "Send the bytes as they are, without an encoding.");
  }
  const told = headers.get("upload-offset") ?? "0";
  if (!/^\d{1,12}$/.test(told)) {
    throw new Refusal("malformed", "Upload-Offset is a number of bytes, such as 1048576.");
  }
  return { offset: Number(told), chunks: chunksOf(request) };
}

/** The line failing is not the disk failing: whoever writes the chunks must be able to tell. */
async function* chunksOf({ body }: Request): AsyncGenerator<Uint8Array> {
  if (!body) return;
  const reader = body.getReader();
  try {
    for (let next = await nextOf(reader); !next.done; next = await nextOf(reader)) yield next.value;
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

async function nextOf(reader: ReadableStreamDefaultReader<Uint8Array>) {
  try {
    return await reader.read();
  } catch {
    throw new Refusal("malformed", "The connection was cut; go on from what has arrived.");
  }
}

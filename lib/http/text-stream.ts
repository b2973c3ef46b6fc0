import { logFailure } from "@/lib/core/log";

/**
 * A file that is sent as it is made, and is never whole in memory. When its making fails the connection is cut, so
 * that nobody takes the beginning for the whole.
 */
export function textStream(
  pieces: AsyncGenerator<string>,
  { type, name, etag }: { type: string; name: string; etag: string | null },
): Response {
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const next: IteratorResult<string, unknown> = await pieces.next();
        if (next.done) controller.close();
        else controller.enqueue(encoder.encode(next.value));
      } catch (error) {
        logFailure("download ended", error);
        controller.error(error);
      }
    },
    async cancel() {
      await pieces.return(undefined);
    },
  });
  return new Response(body, {
    headers: {
      "content-type": type,
      "content-disposition": `attachment; filename="${name}"`,
      ...(etag === null ? {} : { etag }),
      "cache-control": "private, no-cache",
      vary: "Authorization, Cookie",
    },
  });
}

import { logFailure } from "@/lib/core/log";

type Message = { id: string; event: string; data: unknown };

const lineOf = ({ id, event, data }: Message) =>
  `id: ${id}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`;

/** A text/event-stream of what is there and what comes (WHATWG HTML, "Server-sent events"). */
export function eventStream<T>(
  first: readonly Message[],
  stream: AsyncGenerator<T>,
  messageOf: (one: T) => Message,
): Response {
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      // The comment makes proxies and clients see the answer at once.
      controller.enqueue(encoder.encode(`: plugfest\n\n${first.map(lineOf).join("")}`));
    },
    async pull(controller) {
      try {
        const next: IteratorResult<T, unknown> = await stream.next();
        if (next.done) controller.close();
        else controller.enqueue(encoder.encode(lineOf(messageOf(next.value))));
      } catch (error) {
        // The right to it has gone, or the database has: the reader comes back and is told which.
        logFailure("stream ended", error);
        controller.close();
      }
    },
    async cancel() {
      await stream.return(undefined);
    },
  });
  return new Response(body, {
    headers: {
      "content-type": "text/event-stream; charset=utf-8",
      "cache-control": "no-cache, no-transform",
      "x-accel-buffering": "no",
    },
  });
}

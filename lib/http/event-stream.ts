import { logFailure } from "@/lib/core/log";
import { Closing } from "@/lib/live/closing";

/** How long a reader waits before it comes back to a stream that has ended. */
const RETRY_MS = 1000;

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
      // The field makes proxies and clients see the answer at once, and says when to come back.
      controller.enqueue(encoder.encode(`retry: ${RETRY_MS}\n\n${first.map(lineOf).join("")}`));
    },
    async pull(controller) {
      try {
        const next: IteratorResult<T, unknown> = await stream.next();
        if (next.done) controller.close();
        else controller.enqueue(encoder.encode(lineOf(messageOf(next.value))));
      } catch (error) {
        // The right to it has gone, or the database has: the reader comes back and is told which.
        if (!(error instanceof Closing)) logFailure("stream ended", error);
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
      // It is of no use afterwards; kept open, it would keep a server that is to end.
      connection: "close",
    },
  });
}

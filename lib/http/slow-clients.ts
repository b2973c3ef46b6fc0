import { subscribe } from "node:diagnostics_channel";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Socket } from "node:net";

type Limits = {
  /** How long a body may take to come; evidence, which may be large, has Node's own five minutes. */
  bodyMs: number;
  /** How long a reader may take nothing of what it has asked for. */
  stuckMs: number;
  /** Of a body that nobody reads any more: it was answered before it had come. */
  restMs: number;
};

const LIMITS: Limits = { bodyMs: 60_000, stuckMs: 60_000, restMs: 5000 };
const EVIDENCE = /\/evidence\/[0-9a-f]{64}$/;

type Exchange = { request: IncomingMessage; response: ServerResponse; socket: Socket };

/**
 * Whoever sends a byte now and then, or asks and does not read, holds a connection for as long as it
 * likes: Node gives a body five minutes and a reader for ever. Next makes the server by itself, so
 * this hears of its requests from Node.
 */
export function limitSlowClients(limits = LIMITS): void {
  subscribe("http.server.request.start", (message) => watch(message as Exchange, limits));
  subscribe("http.server.response.finish", (message) => hurry(message as Exchange, limits));
}

function watch({ request, response, socket }: Exchange, { bodyMs, stuckMs }: Limits): void {
  const isLarge = EVIDENCE.test(request.url ?? "");
  const late = setTimeout(() => {
    if (!request.complete && !isLarge) socket.destroy();
  }, bodyMs);
  late.unref();
  // A live stream is silent when there is no news; it is stuck when its reader takes none. On the
  // response, and not on the socket: for that one Node would end what is merely silent.
  response.setTimeout(stuckMs, () => {
    if (response.writableLength > 0) socket.destroy();
  });
  response.once("close", () => clearTimeout(late));
}

function hurry({ request, socket }: Exchange, { restMs }: Limits): void {
  if (request.complete) return;
  const rest = setTimeout(() => socket.destroy(), restMs);
  rest.unref();
  request.once("end", () => clearTimeout(rest));
}

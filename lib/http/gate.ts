import { randomUUID } from "node:crypto";
import { subscribe } from "node:diagnostics_channel";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { laterResponse } from "./problem";
import { busy, isIngestFull } from "./turnstile";

/** No page and no route is called so. */
const NOWHERE = "/no-such-address";
const BATCH = /^\/api\/v1\/events\/[^/]+\/runs\/[^/]+\/results$/;

const gated = new WeakSet<Server>();

/**
 * Stands before Next, which makes the server by itself and takes some milliseconds for whatever it is
 * asked: at five times the capacity, sending batches away took all of its time (`npm run fault:overload`).
 * Here that takes a tenth of one.
 */
export function standAtTheGate(): void {
  subscribe("http.server.request.start", (message) => {
    const { server } = message as { server: Server };
    if (!gated.has(server)) guard(server);
  });
}

function guard(server: Server): void {
  gated.add(server);
  const inside = server.listeners("request");
  server.removeAllListeners("request");
  server.on("request", (request: IncomingMessage, response: ServerResponse) => {
    const [path = ""] = (request.url ?? "").split("?", 1);
    if (request.method === "POST" && BATCH.test(path) && isIngestFull()) {
      void sendAway(request, response, path);
      return;
    }
    // Percent signs that make no text are nobody's address; Next would call that a fault of its own.
    if (!isText(path)) request.url = NOWHERE;
    for (const listener of inside) Reflect.apply(listener, server, [request, response]);
  });
}

async function sendAway(request: IncomingMessage, response: ServerResponse, instance: string) {
  const answer = laterResponse(busy(), { instance, requestId: randomUUID() });
  request.resume();
  response.writeHead(answer.status, Object.fromEntries(answer.headers));
  response.end(await answer.text());
}

function isText(path: string): boolean {
  if (!path.includes("%")) return true;
  try {
    return decodeURIComponent(path) !== "";
  } catch {
    return false;
  }
}

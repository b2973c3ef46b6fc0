import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { POST as beat } from "@/app/api/v1/agent/heartbeat/route";
import { GET as identify } from "@/app/api/v1/agent/route";
import { GET as catalogue } from "@/app/api/v1/events/[eventSlug]/catalogue/route";
import { POST as declareFile } from "@/app/api/v1/events/[eventSlug]/evidence/route";
import {
  POST as completeFile,
  PUT as takeFile,
} from "@/app/api/v1/events/[eventSlug]/runs/[runId]/evidence/[sha256]/route";
import { POST as finish } from "@/app/api/v1/events/[eventSlug]/runs/[runId]/finish/route";
import { POST as results } from "@/app/api/v1/events/[eventSlug]/runs/[runId]/results/route";
import { PUT as declare } from "@/app/api/v1/events/[eventSlug]/runs/[runId]/route";

type Handler = (
  request: Request,
  context: { params: Promise<Record<string, string>> },
) => Promise<Response>;

const RUN = "/api/v1/events/(?<eventSlug>[^/]+)/runs/(?<runId>[^/]+)";
const DOORS: readonly [string, RegExp, Handler][] = [
  ["GET", /^\/api\/v1\/agent$/, identify],
  ["POST", /^\/api\/v1\/agent\/heartbeat$/, beat],
  ["GET", /^\/api\/v1\/events\/(?<eventSlug>[^/]+)\/catalogue$/, catalogue],
  ["PUT", new RegExp(`^${RUN}$`), declare],
  ["POST", new RegExp(`^${RUN}/results$`), results],
  ["POST", new RegExp(`^${RUN}/finish$`), finish],
  ["POST", /^\/api\/v1\/events\/(?<eventSlug>[^/]+)\/evidence$/, declareFile],
  ["PUT", new RegExp(`^${RUN}/evidence/(?<sha256>[^/]+)$`), takeFile],
  ["POST", new RegExp(`^${RUN}/evidence/(?<sha256>[^/]+)$`), completeFile],
];

/** Sees each request before it is answered; "cut" ends its connection when a part of it has come. */
type Whim = (asked: {
  method: string;
  path: string;
  offset: string | undefined;
}) => "cut" | undefined;

/** The product's own agents' API on a port, without the rest of the site. */
export async function openOwnDoors(whim: Whim = () => undefined) {
  const server = createServer((incoming, outgoing) => {
    const { method = "", url: path = "", headers } = incoming;
    const offset = headers["upload-offset"]?.toString();
    if (whim({ method, path, offset }) === "cut") {
      incoming.once("data", () => setImmediate(() => incoming.destroy()));
    }
    void answer(incoming).then(async (response) => {
      outgoing.writeHead(response.status, Object.fromEntries(response.headers));
      outgoing.end(Buffer.from(await response.arrayBuffer()));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function answer(incoming: IncomingMessage): Promise<Response> {
  const url = new URL(incoming.url ?? "", "http://localhost:3000");
  for (const [method, path, handler] of DOORS) {
    const match = path.exec(url.pathname);
    if (!match || incoming.method !== method) continue;
    const request = new Request(url, {
      method,
      headers: incoming.headers as Record<string, string>,
      ...(method === "GET" ? {} : { body: Readable.toWeb(incoming), duplex: "half" }),
    } as RequestInit);
    return handler(request, { params: Promise.resolve({ ...match.groups }) });
  }
  return new Response(null, { status: 404 });
}

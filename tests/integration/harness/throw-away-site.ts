import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { gunzipSync } from "node:zlib";
import type { BatchReply, ItemReply } from "@/lib/results/schema";

export const TOKEN = `pf_agt_${"a".repeat(27)}_000000`;

type Item = { id: string; test: string; [field: string]: unknown };
export type Asked = {
  method: string;
  path: string;
  token: string | undefined;
  body: Record<string, unknown> & { items?: Item[] };
  /** As sent, and unzipped. */
  sentBytes: number;
  rawBytes: number;
};
type Reply = { status: number; body?: unknown; headers?: Record<string, string> };
/** Answers instead of the site; undefined lets the site answer, "hang up" closes the connection. */
type Whim = (asked: Asked, nth: number) => Reply | "hang up" | undefined;

export type Site = {
  url: string;
  asked: Asked[];
  items: Map<string, Item>;
  runs: Map<string, { manifest: unknown; finish?: Record<string, unknown> }>;
  /** How the next answers differ from a healthy site's. */
  whim: Whim;
  rejects: (item: Item) => { code: string; detail: string } | undefined;
  /** Resolves after the answer that made it true. */
  until(isSo: () => boolean): Promise<void>;
  close(): Promise<void>;
};

/** A server that keeps API.md's promises in memory: once, by id, and an answer for each item. */
export async function openSite(): Promise<Site> {
  const waiting: { isSo: () => boolean; resolve: () => void }[] = [];
  const site: Site = {
    url: "",
    asked: [],
    items: new Map(),
    runs: new Map(),
    whim: () => undefined,
    rejects: () => undefined,
    until: (isSo) =>
      new Promise((resolve) => (isSo() ? resolve() : waiting.push({ isSo, resolve }))),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  const server = createServer((request, response) => {
    void answer(site, request, response).then(() => {
      for (const one of waiting) if (one.isSo()) one.resolve();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  site.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return site;
}

async function answer(site: Site, request: IncomingMessage, response: ServerResponse) {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const sent = Buffer.concat(chunks);
  const text = request.headers["content-encoding"] === "gzip" ? gunzipSync(sent) : sent;
  const asked: Asked = {
    method: request.method ?? "",
    path: request.url ?? "",
    token: request.headers.authorization,
    body: text.length > 0 ? (JSON.parse(text.toString()) as Asked["body"]) : {},
    sentBytes: sent.length,
    rawBytes: text.length,
  };
  site.asked.push(asked);
  const reply = site.whim(asked, site.asked.length) ?? route(site, asked);
  if (reply === "hang up") {
    request.socket.destroy();
    return;
  }
  const body = JSON.stringify(reply.body ?? {});
  response.writeHead(reply.status, { "content-type": "application/json", ...reply.headers });
  response.end(body);
}

export const problem = (status: number, kind: string, detail: string): Reply => ({
  status,
  body: { type: `urn:plugfest:problem:${kind}`, title: kind, status, detail, errors: [] },
});

function route(site: Site, asked: Asked): Reply {
  if (asked.token !== `Bearer ${TOKEN}`) return problem(401, "unauthenticated", "No such token.");
  if (asked.path === "/api/v1/agent") return { status: 200, body: whoIAm() };
  if (asked.path === "/api/v1/agent/heartbeat") {
    return { status: 200, body: { serverTime: new Date().toISOString(), skewMs: 0 } };
  }
  const [, run = "", rest] =
    /^\/api\/v1\/events\/loopback\/runs\/([^/]+)(?:\/(\w+))?$/.exec(asked.path) ?? [];
  if (asked.method === "PUT") return declare(site, run, asked.body);
  const known = site.runs.get(run);
  if (!known) return problem(404, "not_found", `No run ${run} of yours.`);
  if (rest === "results") return take(site, asked.body.items ?? []);
  known.finish = asked.body;
  return { status: 200, body: receipt(run) };
}

export const whoIAm = () => ({
  agent: { id: "1", name: "tester" },
  event: { slug: "loopback", label: "Loopback plugfest", phase: "testing" },
  entry: null,
  neutral: true,
  scopes: ["results:write", "catalogue:read"],
  expiresAt: "2099-01-01T00:00:00.000Z",
  serverTime: new Date().toISOString(),
  limits: { items: 1000, bytes: 1_048_576 },
  schemas: ["1"],
});

function declare(site: Site, run: string, body: Asked["body"]): Reply {
  const { sentAt: _, agent: __, ...manifest } = body;
  const known = site.runs.get(run);
  if (known && JSON.stringify(known.manifest) !== JSON.stringify(manifest)) {
    return problem(409, "conflict", `Run ${run} was declared before with other content.`);
  }
  if (!known) site.runs.set(run, { manifest });
  return { status: known ? 200 : 201, body: { run, state: "open" } };
}

function take(site: Site, items: readonly Item[]): Reply {
  const replies = items.map((item, at): ItemReply => {
    const trouble = site.rejects(item);
    if (trouble) {
      const problem = { ...trouble, pointer: `/items/${at}`, retryable: false };
      return { id: item.id, status: "rejected", problem };
    }
    const before = site.items.get(item.id);
    if (before === undefined) {
      site.items.set(item.id, item);
      return { id: item.id, status: "accepted" };
    }
    const isSame = JSON.stringify(before) === JSON.stringify(item);
    return { id: item.id, status: isSame ? "duplicate" : "conflict" };
  });
  const count = (status: string) => replies.filter((reply) => reply.status === status).length;
  const body: BatchReply = {
    received: items.length,
    accepted: count("accepted"),
    duplicate: count("duplicate"),
    rejected: count("rejected"),
    conflict: count("conflict"),
    unmapped: 0,
    items: replies,
  };
  const good = body.accepted + body.duplicate;
  if (good === items.length) return { status: 200, body };
  return { status: good === 0 ? 422 : 207, body };
}

const receipt = (run: string) => ({
  run,
  state: "complete",
  received: 0,
  accepted: 0,
  duplicate: 0,
  conflict: 0,
  rejected: 0,
  unmapped: 0,
  missing: [],
  evidencePending: [],
  planned: null,
  truncated: false,
});

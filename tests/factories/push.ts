import { randomUUID } from "node:crypto";
import { gzipSync } from "node:zlib";
import { POST as post } from "@/app/api/v1/events/[eventSlug]/runs/[runId]/results/route";
import { PUT as declare } from "@/app/api/v1/events/[eventSlug]/runs/[runId]/route";
import type { BatchReply } from "@/lib/results/schema";

const at = (path: string) => new URL(path, "http://localhost:3000/api/v1/");

type Sending = {
  token?: string | null;
  body?: unknown;
  headers?: Record<string, string>;
  zipped?: boolean;
};

/** A request as an agent sends it. A string body goes as it is. */
export function request(
  path: string,
  method: string,
  { token, body, headers, zipped }: Sending = {},
): Request {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const bytes = zipped ? new Uint8Array(gzipSync(text)) : text;
  return new Request(at(path), {
    method,
    headers: {
      ...(token ? { authorization: `Bearer ${token}` } : {}),
      ...(body === undefined ? {} : { "content-type": "application/json" }),
      ...(zipped ? { "content-encoding": "gzip" } : {}),
      ...headers,
    },
    ...(body === undefined ? {} : { body: bytes }),
  });
}

export const params = <T>(value: T) => ({ params: Promise.resolve(value) });

export const manifest = (over: Record<string, unknown> = {}) => ({
  schema: "1",
  track: "calls",
  agent: { name: "test", version: "1" },
  source: { format: "plugfest", files: [] },
  startedAt: "2026-11-20T10:00:00.000Z",
  sentAt: new Date().toISOString(),
  ...over,
});

type Item = { id: string; test: string; outcome: string; parties: unknown } & Record<
  string,
  unknown
>;

export const item = (over: Record<string, unknown> = {}): Item => ({
  id: randomUUID(),
  test: "C-1",
  parties: [
    { role: "uac", entry: "alpha", build: "1.0" },
    { role: "uas", entry: "beta", build: "1.0" },
  ],
  outcome: "pass",
  startedAt: "2026-11-20T10:00:01.000Z",
  ...over,
});

/** Of these two entries of the track `calls`. */
export const between = (uac: string, uas: string, over: Record<string, unknown> = {}): Item =>
  item({
    parties: [
      { role: "uac", entry: uac, build: "1.0" },
      { role: "uas", entry: uas, build: "1.0" },
    ],
    ...over,
  });

type Where = { slug: string };

export async function declareRun(
  { slug }: Where,
  token: string,
  over: Record<string, unknown> = {},
) {
  const runId = randomUUID();
  const path = `events/${slug}/runs/${runId}`;
  const response = await declare(
    request(path, "PUT", { token, body: manifest(over) }),
    params({ eventSlug: slug, runId }),
  );
  if (response.status !== 201) throw new Error(await response.text());
  return runId;
}

export function postBatch({ slug }: Where, runId: string, sending: Sending): Promise<Response> {
  const path = `events/${slug}/runs/${runId}/results`;
  return post(request(path, "POST", sending), params({ eventSlug: slug, runId }));
}

/** Declares a run and pushes items in it; the whole door, from token to receipt. */
export async function push(
  event: Where,
  token: string,
  items: unknown[],
): Promise<BatchReply & { status: number }> {
  const runId = await declareRun(event, token);
  const response = await postBatch(event, runId, { token, body: { schema: "1", items } });
  return { status: response.status, ...((await response.json()) as BatchReply) };
}

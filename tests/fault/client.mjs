// Plain HTTP as a stranger speaks it, with times; and what the site's process costs meanwhile.
import { randomUUID } from "node:crypto";
import fs from "node:fs";
import http from "node:http";
import { setTimeout as pause } from "node:timers/promises";

/** Requests over kept connections, at most `sockets` at once. */
export function openClient(url, { sockets = 64, token } = {}) {
  const agent = new http.Agent({ keepAlive: true, maxSockets: sockets });
  const ask = (path, { method = "GET", headers = {}, body, patienceMs = 30_000 } = {}) =>
    new Promise((resolve) => {
      const began = performance.now();
      const answer = (told) => resolve({ ...told, ms: performance.now() - began });
      const all = { ...(token && { authorization: `Bearer ${token}` }), ...headers };
      const request = http.request(new URL(path, url), { method, agent, headers: all }, (got) => {
        const chunks = [];
        got.on("data", (chunk) => chunks.push(chunk));
        got.on("error", (error) => answer({ status: 0, error, headers: {}, text: "" }));
        got.on("end", () =>
          answer({
            status: got.statusCode,
            headers: got.headers,
            text: Buffer.concat(chunks).toString(),
          }),
        );
      });
      request.setTimeout(patienceMs, () => request.destroy(new Error("no answer")));
      request.on("error", (error) => answer({ status: 0, error, headers: {}, text: "" }));
      request.end(body);
    });
  const send = (path, json, more = {}) =>
    ask(path, {
      method: "POST",
      body: typeof json === "string" ? json : JSON.stringify(json),
      ...more,
      headers: { "content-type": "application/json", ...more.headers },
    });
  return { ask, send, close: () => agent.destroy() };
}

export const manifest = (over = {}) => ({
  schema: "1",
  track: "dtls",
  agent: { name: "fault", version: "1" },
  source: { format: "plugfest", files: [] },
  startedAt: "2026-11-20T10:00:00.000Z",
  sentAt: new Date().toISOString(),
  ...over,
});

/** Declares a run; resolves to the path of its results. */
export async function declareRun(client) {
  const path = `/api/v1/events/loopback/runs/${randomUUID()}`;
  const { status, text } = await client.send(path, manifest(), { method: "PUT" });
  if (status !== 201) throw new Error(`No run: ${status} ${text}`);
  return `${path}/results`;
}

export const makeItem = (over = {}) => ({
  id: randomUUID(),
  test: "DTLS-01",
  parties: [
    { role: "client", entry: "openssl" },
    { role: "server", entry: "gnutls" },
  ],
  outcome: "pass",
  startedAt: "2026-11-20T10:00:01.000Z",
  ...over,
});

/**
 * How much longer anything may take in `npm test`, which other work may share the machine with: there
 * the limits only tell what hangs, and the times themselves are measured by the long form.
 */
export const slackOf = (isShort) => (isShort ? 10 : 1);

/** The value below which `share` of the values lie. */
export const quantile = (values, share) =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))];

export const rounded = (value) => Math.round(value * 10) / 10;

/** Resolves to the milliseconds until `holds` does; null when it did not within `limitMs`. */
export async function until(holds, limitMs) {
  const began = performance.now();
  while (performance.now() - began < limitMs) {
    if (await holds()) return Math.round(performance.now() - began);
    await pause(20);
  }
  return null;
}

/** In MB; 0 once the process is gone, as when a run is told to stop. */
function rssOf(pid) {
  const file = `/proc/${pid}/status`;
  if (!fs.existsSync(file)) return 0;
  return Number(/VmRSS:\s+(\d+)/.exec(fs.readFileSync(file, "utf8"))?.[1] ?? 0) / 1024;
}

/** Watches the site: how its memory grows (MB), and how late it answers what costs it nothing (ms). */
export function watchSite({ url, pid }) {
  const client = openClient(url, { sockets: 1 });
  const began = rssOf(pid());
  let peak = began;
  const late = [];
  let isOver = false;
  const watching = (async () => {
    while (!isOver) {
      late.push((await client.ask("/healthz")).ms);
      peak = Math.max(peak, rssOf(pid()));
      await pause(10);
    }
  })();
  return async () => {
    isOver = true;
    await watching;
    client.close();
    return { grownMb: rounded(peak - began), late };
  };
}

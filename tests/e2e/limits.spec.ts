import { randomUUID } from "node:crypto";
import pg from "pg";
import { startSite } from "@/lib/start/site.mjs";
import { item, manifest } from "@/tests/factories/push";
import { mintAgentToken, readSite } from "@/tests/setup/site";
import { expect, test } from "@/tests/setup/test";

const PORT = 3194;
const url = `http://localhost:${PORT}`;
const EVENT = `${url}/api/v1/events/loopback`;
const PARTIES = [
  { role: "client", entry: "openssl" },
  { role: "server", entry: "gnutls" },
];

const start = (settings: Record<string, string>) =>
  startSite({
    port: PORT,
    listen: "127.0.0.1",
    env: { ...readSite().env, APP_URL: url, ...settings },
  });

test("who reads too much without a token is told when to come back, over HTTP", async () => {
  const site = await start({ RATE_LIMIT_READS: "3" });
  const read = (from: string) =>
    fetch(`${EVENT}/tracks/dtls/matrix.json`, { headers: { "x-forwarded-for": from } });
  const answers = [];
  for (let at = 0; at < 4; at += 1) answers.push(await read("192.0.2.7"));
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 429]);
  const last = answers.at(-1);
  expect(Number(last?.headers.get("retry-after"))).toBeGreaterThan(0);
  expect(last?.headers.get("ratelimit-policy")).toBe('"reads";q=3;w=60');
  expect(last?.headers.get("content-type")).toBe("application/problem+json");
  expect(await last?.json()).toMatchObject({ status: 429, retryable: true });
  expect((await read("192.0.2.8")).status).toBe(200);
  // An agent has a limit of its own.
  const token = mintAgentToken("loopback", "openssl");
  const headers = { authorization: `Bearer ${token}`, "x-forwarded-for": "192.0.2.7" };
  expect((await fetch(`${EVENT}/tracks/dtls/matrix.json`, { headers })).status).toBe(200);
  await site.stop();
});

test("a batch too many is sent away at once with Retry-After, and pages go on", async () => {
  // One batch at a time, two that wait; and a lock that somebody else holds for a while.
  const patience = { DATABASE_LOCK_MS: "20000", DATABASE_STATEMENT_MS: "20000" };
  const site = await start({ DATABASE_INGEST_POOL: "1", ...patience });
  const headers = {
    authorization: `Bearer ${mintAgentToken("loopback", "openssl")}`,
    "content-type": "application/json",
  };
  const run = `${EVENT}/runs/${randomUUID()}`;
  const body = JSON.stringify(manifest({ track: "dtls" }));
  expect((await fetch(run, { method: "PUT", headers, body })).status).toBe(201);
  const push = () => {
    const items = [item({ test: "DTLS-01", parties: PARTIES })];
    return fetch(`${run}/results`, {
      method: "POST",
      headers,
      body: JSON.stringify({ schema: "1", items }),
    });
  };
  const holder = new pg.Client({ connectionString: readSite().env.DATABASE_URL });
  await holder.connect();
  await holder.query("BEGIN");
  await holder.query(
    "SELECT pg_advisory_xact_lock(hashtextextended(id::text, 0)) FROM interop_event WHERE slug = 'loopback'",
  );

  const pushed = [1, 2, 3, 4, 5].map(push);
  const first = await Promise.race(pushed);
  expect([first.status, first.headers.get("retry-after")]).toEqual([503, "2"]);
  expect(await first.json()).toMatchObject({ status: 503, retryable: true });
  const page = await fetch(`${url}/events/loopback/tracks/dtls`);
  expect(page.status).toBe(200);

  await holder.query("COMMIT");
  await holder.end();
  const statuses = await Promise.all(pushed.map(async (answer) => (await answer).status));
  expect(statuses.toSorted((a, b) => a - b)).toEqual([200, 200, 200, 503, 503]);
  await site.stop();
});

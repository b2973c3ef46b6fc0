import { once } from "node:events";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { problemSchema } from "@/lib/core/problem";
import { standAtTheGate } from "@/lib/http/gate";
import { ingestTurn } from "@/lib/http/turnstile";

const BATCH = "/api/v1/events/e/runs/r/results";
const server = http.createServer((request, response) => {
  request.resume();
  response.end(`${request.method} ${request.url}`);
});
let url = "";

beforeAll(async () => {
  process.env.DATABASE_INGEST_POOL = "1";
  standAtTheGate();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());

const ask = (path: string, method = "POST") => fetch(`${url}${path}`, { method });

it("sends a batch away before anybody looks at it, while there are as many as fit, and nothing else", async () => {
  let end = (): void => undefined;
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  // One at work and two who wait.
  const full = [1, 2, 3].map(() => ingestTurn(() => ended));
  const away = await ask(BATCH);
  expect([away.status, away.headers.get("retry-after")]).toEqual([503, "2"]);
  expect(problemSchema.parse(await away.json())).toMatchObject({ status: 503, instance: BATCH });
  for (const [path, method] of [
    [BATCH, "GET"],
    [`${BATCH}/validate`, "POST"],
    ["/events/e", "GET"],
  ] as const) {
    expect(await (await ask(path, method)).text()).toBe(`${method} ${path}`);
  }
  end();
  await Promise.all(full);
  expect(await (await ask(BATCH)).text()).toBe(`POST ${BATCH}`);
});

it("answers 503 also where the turnstile is of another bundle than the route", async () => {
  let end = (): void => undefined;
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  const full = [1, 2, 3].map(() => ingestTurn(() => ended));
  vi.resetModules();
  const { answering } = await import("@/lib/http/endpoint");
  const theirs = await import("@/lib/http/turnstile");
  const answer = await answering(new Request(`${url}${BATCH}`), () =>
    theirs.ingestTurn(async () => new Response("stored")),
  );
  expect([answer.status, answer.headers.get("retry-after")]).toEqual([503, "2"]);
  end();
  await Promise.all(full);
});

it("finds nobody at an address whose percent signs make no text", async () => {
  const raw = (path: string) =>
    new Promise<string>((resolve) => {
      http.get(`${url}${path}`, (response) => {
        response.setEncoding("utf8").once("data", resolve);
      });
    });
  expect(await raw("/events/%ff")).toBe("GET /no-such-address");
  expect(await raw("/events/%C3%A9?q=%ff")).toBe("GET /events/%C3%A9?q=%ff");
});

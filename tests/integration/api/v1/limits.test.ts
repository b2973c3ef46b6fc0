import { beforeAll, describe, expect, it } from "vitest";
import { POST as beat } from "@/app/api/v1/agent/heartbeat/route";
import { GET as whoAmI } from "@/app/api/v1/agent/route";
import { POST as finish } from "@/app/api/v1/events/[eventSlug]/runs/[runId]/finish/route";
import { problemSchema } from "@/lib/core/problem";
import { addressOf } from "@/lib/http/limits";
import { makeEvent } from "@/tests/factories/event";
import { declareRun, item, params, postBatch, request } from "@/tests/factories/push";

// Before the first request: the settings are read once.
beforeAll(() => {
  const limits = { RATE_LIMITS: "on", RATE_LIMIT_REQUESTS: "3", RATE_LIMIT_ITEMS: "5" };
  Object.assign(process.env, limits);
});

const ask = (token: string) => whoAmI(request("agent", "GET", { token }), {});
const items = (count: number) => Array.from({ length: count }, () => item());

describe("the limits of a token", () => {
  it("are told with every answer, and the request beyond them is sent away for a while", async () => {
    const event = await makeEvent();
    const token = await event.tokenOf("alpha");
    const answers = [await ask(token), await ask(token), await ask(token), await ask(token)];
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 429]);
    const [first, , , last] = answers;
    expect(first?.headers.get("ratelimit-policy")).toBe('"requests";q=3;w=60');
    expect(first?.headers.get("ratelimit")).toBe('"requests";r=2;t=60');
    expect(last?.headers.get("ratelimit")).toMatch(/^"requests";r=0;t=\d+$/);
    const after = Number(last?.headers.get("retry-after"));
    expect(after).toBeGreaterThan(0);
    expect(after).toBeLessThanOrEqual(60);
    const problem = problemSchema.parse(await last?.json());
    expect(problem).toMatchObject({ status: 429, retryable: true });
    expect((await ask(await event.tokenOf("alpha"))).status).toBe(200);
  });

  it("count items by themselves; what was sent away is not counted, nor stored", async () => {
    const event = await makeEvent();
    const token = await event.tokenOf("alpha");
    const runId = await declareRun(event, token);
    const many = await postBatch(event, runId, { token, body: { schema: "1", items: items(6) } });
    expect([many.status, many.headers.get("ratelimit")]).toEqual([
      429,
      expect.stringMatching(/^"requests";r=1;t=\d+, "items";r=5;t=\d+$/),
    ]);
    const few = await postBatch(event, runId, { token, body: { schema: "1", items: items(5) } });
    expect([few.status, few.headers.get("ratelimit")]).toEqual([
      200,
      expect.stringMatching(/^"requests";r=0;t=\d+, "items";r=0;t=\d+$/),
    ]);
  });

  it("leave room for heartbeats and the end of a run when its requests are spent", async () => {
    const event = await makeEvent();
    const token = await event.tokenOf("alpha");
    const runId = await declareRun(event, token);
    for (let at = 0; at < 3; at += 1) await ask(token);
    expect((await ask(token)).status).toBe(429);
    const sentAt = new Date().toISOString();
    const body = { version: "1", sentAt, spoolDepth: 0, inFlight: 0, discarded: [] };
    expect((await beat(request("agent/heartbeat", "POST", { token, body }), {})).status).toBe(200);
    const path = `events/${event.slug}/runs/${runId}/finish`;
    const end = { state: "complete", counts: { items: 0 } };
    const ended = await finish(
      request(path, "POST", { token, body: end }),
      params({ eventSlug: event.slug, runId }),
    );
    expect(ended.status).toBe(200);
  });
});

describe("the address of a reader", () => {
  it("is what the nearest proxy says, whatever came before", () => {
    const from = (forwarded: string | null) =>
      addressOf(
        new Request("http://x", {
          headers: forwarded === null ? {} : { "x-forwarded-for": forwarded },
        }),
      );
    expect(from("6.6.6.6, 192.0.2.7")).toBe("192.0.2.7");
    expect(from("2001:db8::1")).toBe("2001:db8::1");
    expect(from(null)).toBe("unknown");
  });
});

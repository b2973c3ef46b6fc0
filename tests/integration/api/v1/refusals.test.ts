import { randomUUID } from "node:crypto";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { PUT as declare, GET as receipt } from "@/app/api/v1/events/[eventSlug]/runs/[runId]/route";
import { newAgentToken } from "@/lib/auth/token";
import { problemSchema } from "@/lib/core/problem";
import { db } from "@/lib/db/client";
import { makeEvent } from "@/tests/factories/event";
import { declareRun, item, manifest, params, postBatch, request } from "@/tests/factories/push";

const batch = (items: unknown[] = [item()]) => ({ schema: "1", items });

/** Status and problem of an answer, which must be problem+json in the documented form. */
async function problemOf(response: Response) {
  expect(response.headers.get("content-type")).toBe("application/problem+json");
  const problem = problemSchema.parse(await response.json());
  expect(problem.status).toBe(response.status);
  return { ...problem, status: response.status };
}

const put = (
  event: { slug: string },
  token: string | null,
  body: unknown,
  runId: string = randomUUID(),
) =>
  declare(
    request(`events/${event.slug}/runs/${runId}`, "PUT", { token, body }),
    params({ eventSlug: event.slug, runId }),
  );

describe("401", () => {
  it.each([
    ["no token", null],
    ["a token of another kind", "ghp_abc"],
    ["a mistyped token", newAgentToken().replace(/.$/, (last) => (last === "0" ? "1" : "0"))],
    ["an unknown token", newAgentToken()],
  ])("answers %s", async (_, token) => {
    const event = await makeEvent();
    const problem = await problemOf(await put(event, token, manifest()));
    expect(problem).toMatchObject({ status: 401, retryable: false });
  });

  it.each(["revoked", "expired"])("answers a token that is %s", async (how) => {
    const event = await makeEvent();
    const token = await event.tokenOf("alpha");
    const past = new Date(Date.now() - 1000);
    await db.agentToken.updateMany({
      where: { agent: { eventId: event.eventId } },
      data: how === "revoked" ? { revokedAt: past } : { expiresAt: past },
    });
    expect((await put(event, token, manifest())).status).toBe(401);
  });

  it("answers the token of an entry that has left", async () => {
    const event = await makeEvent();
    const token = await event.tokenOf("alpha");
    await db.entry.updateMany({
      where: { eventId: event.eventId, slug: "alpha" },
      data: { state: "withdrawn" },
    });
    expect((await put(event, token, manifest())).status).toBe(401);
  });
});

describe("403", () => {
  it("answers a token without the scope", async () => {
    const event = await makeEvent();
    const token = await event.tokenOf("alpha");
    await db.agentToken.updateMany({
      where: { agent: { eventId: event.eventId } },
      data: { scopes: ["runs:read"] },
    });
    const problem = await problemOf(await put(event, token, manifest()));
    expect(problem).toMatchObject({
      status: 403,
      detail: "This token lacks the scope results:write.",
    });
  });
});

describe("404", () => {
  it("answers another event in the path, and one that does not exist, alike", async () => {
    const [mine, other] = [await makeEvent(), await makeEvent()];
    const token = await mine.tokenOf("alpha");
    const [foreign, missing] = [
      await put(other, token, manifest()),
      await put({ slug: "nowhere" }, token, manifest()),
    ];
    const strip = async (response: Response) => {
      const { instance: _, requestId: __, ...rest } = await problemOf(response);
      return rest;
    };
    expect(await strip(foreign)).toEqual(await strip(missing));
    expect(foreign.status).toBe(404);
  });

  it("answers results of a run that is not one's own", async () => {
    const event = await makeEvent();
    const runId = await declareRun(event, await event.tokenOf("alpha"));
    const token = await event.tokenOf("beta");
    expect((await postBatch(event, runId, { token, body: batch() })).status).toBe(404);
    const read = receipt(
      request(`events/${event.slug}/runs/${runId}`, "GET", { token }),
      params({ eventSlug: event.slug, runId }),
    );
    expect((await read).status).toBe(404);
  });
});

describe("409", () => {
  it.each(["draft", "registration", "published"] as const)(
    "answers a push in %s",
    async (phase) => {
      const event = await makeEvent();
      const token = await event.tokenOf("alpha");
      const runId = await declareRun(event, token);
      await db.interopEvent.update({ where: { id: event.eventId }, data: { phase } });
      const problem = await problemOf(await postBatch(event, runId, { token, body: batch() }));
      expect(problem).toMatchObject({ status: 409, type: "urn:plugfest:problem:wrong_phase" });
      expect(await db.result.count({ where: { trackId: event.trackId } })).toBe(0);
    },
  );

  it("answers a run declared again with other content; the same content is welcome", async () => {
    const event = await makeEvent();
    const token = await event.tokenOf("alpha");
    const runId = randomUUID();
    const body = manifest({ environment: { b: "2", a: "1" } });
    expect((await put(event, token, body, runId)).status).toBe(201);
    const later = {
      ...body,
      environment: { a: "1", b: "2" },
      sentAt: "2026-11-21T00:00:00Z",
      agent: { name: "x", version: "2" },
    };
    expect((await put(event, token, later, runId)).status).toBe(200);
    expect((await put(event, token, { ...body, environment: {} }, runId)).status).toBe(409);
  });
});

describe("400, 413, 415 and 422", () => {
  const sent = async (over: Parameters<typeof postBatch>[2]) => {
    const event = await makeEvent();
    const token = await event.tokenOf("alpha");
    const runId = await declareRun(event, token);
    return problemOf(await postBatch(event, runId, { token, ...over }));
  };

  it.each([
    ["no JSON", 400, { body: "{" }],
    ["no UTF-8 inside gzip", 400, { body: "not gzip", headers: { "content-encoding": "gzip" } }],
    ["another media type", 415, { body: "<x/>", headers: { "content-type": "text/xml" } }],
    ["another encoding", 415, { body: batch(), headers: { "content-encoding": "br" } }],
    ["an empty list", 422, { body: batch([]) }],
    ["an array", 422, { body: [] }],
    ["null", 422, { body: null }],
    ["no schema", 422, { body: { items: [item()] } }],
    ["an unknown field", 422, { body: { ...batch(), colour: 1 } }],
    ["an absurd depth", 422, { body: `${"[".repeat(100_000)}${"]".repeat(100_000)}` }],
    ["more than a mebibyte", 413, { body: " ".repeat(1_100_000) }],
  ])("answer %s with %d", async (_, status, over) => {
    expect((await sent(over)).status).toBe(status);
  });

  it("refuse an item of absurd depth and keep the one beside it", async () => {
    const event = await makeEvent();
    const token = await event.tokenOf("alpha");
    const runId = await declareRun(event, token);
    const deep = `${'{"a":'.repeat(20_000)}1${"}".repeat(20_000)}`;
    const body = `{"schema":"1","items":[${deep},${JSON.stringify(item())}]}`;
    const response = await postBatch(event, runId, { token, body });
    expect(response.status).toBe(207);
    expect(await response.json()).toMatchObject({ accepted: 1, rejected: 1 });
  });

  it("refuse a bomb without unpacking it", async () => {
    const event = await makeEvent();
    const token = await event.tokenOf("alpha");
    const runId = await declareRun(event, token);
    const base = request(`events/${event.slug}/runs/${runId}/results`, "POST", {
      token,
      body: "",
      zipped: true,
    });
    const bomb = new Request(base, {
      body: new Uint8Array(gzipSync(Buffer.alloc(50_000_000, 32))),
    });
    const before = process.memoryUsage().rss;
    const { POST } = await import("@/app/api/v1/events/[eventSlug]/runs/[runId]/results/route");
    expect((await POST(bomb, params({ eventSlug: event.slug, runId }))).status).toBe(413);
    expect(process.memoryUsage().rss - before).toBeLessThan(40_000_000);
  });

  it("name each fault of a manifest with its pointer", async () => {
    const event = await makeEvent();
    const token = await event.tokenOf("alpha");
    const { track: _, ...untracked } = manifest({ colour: 1, startedAt: "yesterday" });
    const problem = await problemOf(await put(event, token, untracked));
    expect(problem.errors.map(({ pointer, code }) => [pointer, code])).toEqual([
      ["/track", "invalid_type"],
      ["/startedAt", "invalid_format"],
      ["/colour", "unknown_field"],
    ]);
  });

  it.each([
    [
      "an unknown track",
      { track: "cals" },
      "/track",
      "No track 'cals' in this event. Did you mean 'calls'?",
    ],
    [
      "an unknown entry",
      { parties: [{ role: "uac", entry: "alfa" }] },
      "/parties/0/entry",
      "No entry 'alfa' in this event. Did you mean 'alpha'?",
    ],
    [
      "a start in the future",
      { startedAt: "2999-01-01T00:00:00Z" },
      "/startedAt",
      "More than 24 hours ahead of the server's clock.",
    ],
  ])("refuse a manifest with %s", async (_, over, pointer, message) => {
    const event = await makeEvent();
    const problem = await problemOf(await put(event, await event.tokenOf(null), manifest(over)));
    expect(problem).toMatchObject({ status: 422, errors: [{ pointer, message }] });
  });

  it("refuse a run id that is no UUID", async () => {
    const event = await makeEvent();
    expect((await put(event, await event.tokenOf("alpha"), manifest(), "1")).status).toBe(422);
  });
});

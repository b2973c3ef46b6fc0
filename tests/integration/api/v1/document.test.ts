import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { ROUTES } from "@/app/api/v1/routes";
import { newAgentToken } from "@/lib/auth/token";
import { db } from "@/lib/db/client";
import { type ApiOperation, METHODS, type Method } from "@/lib/documents/schema";
import { buildDocument } from "@/lib/http/openapi";
import { makeEvent } from "@/tests/factories/event";
import { arbitraryOf, parsersOf, spoiled } from "@/tests/factories/json-schema";
import { declareRun, item, params, postBatch } from "@/tests/factories/push";

const document = buildDocument(ROUTES, "http://localhost:3000");
const OPERATIONS = Object.entries(ROUTES).flatMap(([path, handlers]) =>
  METHODS.flatMap((method) => (handlers[method] ? [[method, path] as const] : [])),
);

const told = (method: Method, path: string): ApiOperation => {
  const operation = document.paths[path]?.[method.toLowerCase() as Lowercase<Method>];
  if (!operation) throw new Error(`${method} ${path} is not in the document.`);
  return operation;
};

const parserOf = parsersOf(document);

let values: Record<string, string> = {};
let token = "";

beforeAll(async () => {
  const event = await makeEvent();
  token = await event.tokenOf("alpha");
  const runId = await declareRun(event, token);
  const items = [item(), item({ outcome: "great" }), item({ test: "odd" })];
  await postBatch(event, runId, { token, body: { schema: "1", items } });
  const agent = await db.agent.findFirstOrThrow({ where: { eventId: event.eventId } });
  const sha256 = "a".repeat(64);
  values = { eventSlug: event.slug, trackSlug: "calls", runId, agentId: agent.id, sha256 };
});

const inPath = (path: string) => [...path.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name);

type Sending = {
  path?: Record<string, string>;
  query?: string;
  token?: string | null;
  type?: string;
  body?: BodyInit;
};

/** Sends a request, and holds its answer against the document; returns the status. */
async function answered(method: Method, path: string, sending: Sending): Promise<number> {
  const all: Record<string, string> = { ...values, ...sending.path };
  const at = Object.fromEntries(inPath(path).map((name) => [name, all[name] ?? ""]));
  const url = path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(at[name] ?? ""),
  );
  const bearer = sending.token === undefined ? token : sending.token;
  const over = new AbortController();
  const request = new Request(`http://localhost:3000/api/v1${url}${sending.query ?? ""}`, {
    method,
    signal: over.signal,
    headers: {
      ...(bearer === null ? {} : { authorization: `Bearer ${bearer}` }),
      ...(sending.type === undefined ? {} : { "content-type": sending.type }),
    },
    ...(sending.body === undefined ? {} : { body: sending.body }),
  });
  const handler = ROUTES[path]?.[method];
  if (!handler) throw new Error(`No ${method} ${path}`);
  const response = await handler(request, params(at));
  const name = `${method} ${url}`;
  await expectTold(name, told(method, path), { response, end: () => over.abort() });
  return response.status;
}

type Answered = { response: Response; end: () => void };

async function expectTold(name: string, { responses }: ApiOperation, { response, end }: Answered) {
  const { status } = response;
  const type = response.headers.get("content-type")?.split(";")[0] ?? null;
  const text =
    type === "text/event-stream" ? await beginning(response, end) : await response.text();
  const found = { name, status, type, text: text.slice(0, 500) };
  const content = responses[status]?.content;
  expect(Object.keys(responses), JSON.stringify(found)).toContain(String(status));
  if (type === null) return;
  expect(Object.keys(content ?? {}), JSON.stringify(found)).toContain(type);
  const schema = content?.[type]?.schema;
  if (!schema || !/^application\/(problem\+)?json$/.test(type)) return;
  const parsed = parserOf(schema).safeParse(JSON.parse(text));
  expect(parsed.error?.issues ?? [], JSON.stringify(found)).toEqual([]);
}

/** A stream does not end by itself. */
async function beginning(response: Response, end: () => void): Promise<string> {
  const reader = response.body?.getReader();
  const { value } = (await reader?.read()) ?? {};
  end();
  while (!(await reader?.read())?.done);
  return new TextDecoder().decode(value);
}

const bodyOf = ({ requestBody }: ApiOperation) => Object.entries(requestBody?.content ?? {})[0];
/** What a fresh request has of its own: a run is declared once under an id. */
const fresh = (method: Method) => (method === "PUT" ? { runId: randomUUID() } : {});
const runs = { numRuns: 25 };

describe.each(OPERATIONS)("%s %s", (method, path) => {
  const operation = told(method, path);
  const body = bodyOf(operation);
  const queries = operation.parameters.filter((parameter) => parameter.in === "query");

  it("answers what the document describes as the document says", async () => {
    const [type, content] = body ?? [];
    const isJson = type === "application/json";
    const sent = content?.schema && isJson ? arbitraryOf(content.schema) : fc.constant(undefined);
    const query = fc.record(
      Object.fromEntries(queries.map(({ name, schema }) => [name, arbitraryOf(schema, name)])),
      { requiredKeys: queries.filter(({ required }) => required).map(({ name }) => name) },
    );
    await fc.assert(
      fc.asyncProperty(sent, query, async (value, asked) => {
        const search = new URLSearchParams(
          Object.entries(asked).map(([name, one]) => [name, String(one)]),
        );
        const status = await answered(method, path, {
          path: fresh(method),
          query: `?${search}`,
          ...(type === undefined ? {} : { type }),
          ...(body === undefined ? {} : { body: isJson ? JSON.stringify(value) : "bytes" }),
        });
        expect([400, 401, 405, 413, 415, 500, 503]).not.toContain(status);
      }),
      body || queries.length > 0 ? runs : { numRuns: 1 },
    );
  });

  it("refuses what the document does not describe, as the document says", async () => {
    const type = body?.[0] ?? "application/json";
    const good: Sending = body ? { type, body: "{}" } : {};
    const statuses = [
      await answered(method, path, { ...good, token: newAgentToken() }),
      await answered(method, path, {
        ...good,
        path: { eventSlug: "nowhere", sha256: "b".repeat(64) },
      }),
    ];
    if (path.includes("{runId}")) {
      statuses.push(await answered(method, path, { ...good, path: { runId: "1" } }));
    }
    if (path.includes("{agentId}")) {
      statuses.push(await answered(method, path, { path: { agentId: "1" } }));
    }
    if (body?.[0] === "application/json") {
      statuses.push(await answered(method, path, { type, body: "{" }));
      statuses.push(await answered(method, path, { type: "text/plain", body: "{}" }));
      statuses.push(await answered(method, path, { type, body: "[]" }));
    }
    if (path !== "/agent") expect(statuses.filter((status) => status < 400)).toEqual([]);
  });
});

const WITH_JSON = OPERATIONS.flatMap(([method, path]) => {
  const schema = told(method, path).requestBody?.content["application/json"]?.schema;
  return schema ? [{ method, path, schema }] : [];
});

describe.each(WITH_JSON)("the body of $method $path", ({ method, path, schema }) => {
  it("is refused with one thing too much, missing or of another kind", async () => {
    await fc.assert(
      fc.asyncProperty(spoiled(schema), async (value) => {
        const sending = { path: fresh(method), type: "application/json" };
        const status = await answered(method, path, { ...sending, body: JSON.stringify(value) });
        expect(status).toBe(422);
      }),
      runs,
    );
  });
});

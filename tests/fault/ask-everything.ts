// node ask-everything.mjs JSON: asks every operation of the served document what it describes and what it
// does not, by whoever may and may not, and holds each answer against it. Prints what came of it as JSON.
import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { newAgentToken } from "@/lib/auth/token";
import { type ApiDocument, type ApiOperation, METHODS, type Method } from "@/lib/documents/schema";
import { arbitraryOf, parsersOf, spoiled } from "@/tests/factories/json-schema";

type Asked = { url: string; token: string; runId: string; seed: number; runs: number };
const { url, token, runId, seed, runs } = JSON.parse(process.argv[2] ?? "") as Asked;
const API = `${url}/api/v1`;
const bearer = { authorization: `Bearer ${token}` };

const document = (await (await fetch(`${API}/openapi.json`)).json()) as ApiDocument;
const { agent } = (await (await fetch(`${API}/agent`, { headers: bearer })).json()) as {
  agent: { id: string };
};
const values: Record<string, string> = {
  eventSlug: "loopback",
  trackSlug: "dtls",
  projectSlug: "openssl",
  otherSlug: "gnutls",
  runId,
  agentId: agent.id,
  sha256: "a".repeat(64),
};
const told = {
  operations: 0,
  requests: 0,
  statuses: {} as Record<string, number>,
  untold: [] as string[],
  gaps: [] as string[],
};

const parserOf = parsersOf(document);

type Sending = {
  path?: Record<string, string>;
  query?: string;
  headers?: Record<string, string>;
  body?: string;
};
type Op = { method: Method; path: string; operation: ApiOperation };

/** Sends a request, and holds its answer against the document; resolves to the status. */
async function send({ method, path, operation }: Op, sending: Sending): Promise<number> {
  const all: Record<string, string> = { ...values, ...sending.path };
  const at = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const value = all[name];
    if (value === undefined) throw new Error(`Say which ${name} is asked for.`);
    return encodeURIComponent(value);
  });
  const over = new AbortController();
  const response = await fetch(`${API}${at}${sending.query ?? ""}`, {
    method,
    signal: over.signal,
    headers: sending.headers ?? bearer,
    ...(sending.body === undefined ? {} : { body: sending.body }),
  });
  const type = response.headers.get("content-type")?.split(";")[0] ?? null;
  // A stream does not end by itself.
  const text = type === "text/event-stream" ? "" : await response.text();
  over.abort();
  told.requests += 1;
  told.statuses[response.status] = (told.statuses[response.status] ?? 0) + 1;
  const wrong = wrongWith(operation, { status: response.status, type, text });
  if (wrong) told.untold.push(`${method} ${at}: ${wrong}: ${text.slice(0, 300)}`);
  return response.status;
}

type Answer = { status: number; type: string | null; text: string };

function wrongWith({ responses }: ApiOperation, { status, type, text }: Answer) {
  const response = responses[status];
  if (!response || status >= 500) return `${status}`;
  if (type === null) return null;
  const content = response.content?.[type];
  if (!content) return `${status} as ${type}`;
  if (!content.schema || !/^application\/(problem\+)?json$/.test(type)) return null;
  const { error } = parserOf(content.schema).safeParse(JSON.parse(text));
  return error ? `${status} is not as described (${error.issues[0]?.message})` : null;
}

const bodyOf = ({ requestBody }: ApiOperation) => Object.entries(requestBody?.content ?? {})[0];
/** What a fresh request has of its own: a run is declared once under an id. */
const fresh = (method: Method) => (method === "PUT" ? { runId: randomUUID() } : {});

/** Bodies that the document describes, and some that it does not. */
function bodiesOf({ operation }: Op): fc.Arbitrary<string> {
  const [type, content] = bodyOf(operation) ?? [];
  const schema = type === "application/json" ? content?.schema : undefined;
  if (!schema) return fc.constant("bytes");
  return fc.oneof(arbitraryOf(schema), spoiled(schema)).map((value) => JSON.stringify(value));
}

function queriesOf({ operation }: Op): fc.Arbitrary<string> {
  const queries = operation.parameters.filter((parameter) => parameter.in === "query");
  return fc
    .record(
      Object.fromEntries(queries.map(({ name, schema }) => [name, arbitraryOf(schema, name)])),
      { requiredKeys: queries.filter(({ required }) => required).map(({ name }) => name) },
    )
    .map((asked) => {
      const search = Object.entries(asked).map(([name, one]) => [name, String(one)]);
      return `?${new URLSearchParams(search)}`;
    });
}

async function askDescribed(op: Op) {
  const type = bodyOf(op.operation)?.[0];
  const isVaried = type !== undefined || op.operation.parameters.some((one) => one.in === "query");
  const numRuns = isVaried ? runs : 1;
  for (const [body, query] of fc.sample(fc.tuple(bodiesOf(op), queriesOf(op)), { seed, numRuns })) {
    const typed = type === undefined ? {} : { "content-type": type };
    const sent = type === undefined ? {} : { body };
    await send(op, { path: fresh(op.method), query, headers: { ...bearer, ...typed }, ...sent });
  }
}

/** Who asks, and what each may be told, where a token is needed and where none is. */
const ASKERS = {
  nobody: { headers: {}, isGood: false },
  "a broken token": { headers: { authorization: "Bearer pf_agt_x" }, isGood: false },
  "an unknown token": { headers: { authorization: `Bearer ${newAgentToken()}` }, isGood: false },
  "another scheme": { headers: { authorization: "Basic eDp5" }, isGood: false },
  "its agent": { headers: bearer, isGood: true },
};

async function askAs(op: Op) {
  const isOpen = op.operation.security.some((one) => Object.keys(one).length === 0);
  const type = bodyOf(op.operation)?.[0];
  const more = type === undefined ? {} : { body: "{}" };
  const typed = type === undefined ? {} : { "content-type": type };
  for (const [who, { headers, isGood }] of Object.entries(ASKERS)) {
    const status = await send(op, { ...more, headers: { ...headers, ...typed } });
    // What is open to some without a token need not be open to all: who is let in is the event's affair.
    const isFree = isOpen && who === "nobody";
    if (!isFree && (status === 401) === isGood) {
      told.gaps.push(`${op.method} ${op.path} by ${who}: ${status}`);
    }
  }
  if (!op.path.includes("{eventSlug}")) return;
  const elsewhere = await send(op, {
    ...more,
    path: { eventSlug: "nowhere" },
    headers: { ...bearer, ...typed },
  });
  if (elsewhere !== 404) told.gaps.push(`${op.method} ${op.path} of another event: ${elsewhere}`);
}

for (const [path, methods] of Object.entries(document.paths)) {
  for (const method of METHODS) {
    const operation = methods[method.toLowerCase() as Lowercase<Method>];
    if (!operation) continue;
    told.operations += 1;
    const op = { method, path, operation };
    await askDescribed(op);
    await askAs(op);
  }
}
process.stdout.write(JSON.stringify(told));

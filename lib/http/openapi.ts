import * as z from "zod";
import { policy, type Rule } from "@/lib/auth/policy";
import { problemSchema } from "@/lib/core/problem";
import {
  type ApiDocument,
  type ApiOperation,
  type ApiParameter,
  type ApiResponse,
  type JsonSchema,
  METHODS,
  type Method,
} from "@/lib/documents/schema";
import { PHASES } from "@/lib/events/schema";
import { version } from "../../package.json";
import type { Answer, Handler, Operation } from "./operation";

/** path below /api/v1 -> what its route exports */
export type Routes = Readonly<Record<string, Readonly<Partial<Record<Method, Handler>>>>>;

const DESCRIPTION = `What agents and scripts speak. Bodies are JSON unless told otherwise, and may come with \`Content-Encoding: gzip\`: at most 1 MiB as sent and 8 MiB
unpacked. Unknown fields are refused by name. An agent sends \`Authorization: Bearer pf_agt_…\`; its token is bound to one event and to one entry, or to none (a neutral
harness).

Errors are \`application/problem+json\` (RFC 9457) with \`requestId\`, \`retryable\` and \`errors: [{ pointer, code, message }]\`. What the caller may not see is 404; what it sees but may not do is
403; the wrong phase of the event is 409. Limits stand in \`RateLimit-Policy\` and \`RateLimit\`; 429 and 503 carry \`Retry-After\`.`;

const TAGS = [
  { name: "Agent", description: "Who an agent is, and that it lives." },
  { name: "Runs", description: "Pushing results, and reading back what is stored." },
  { name: "Evidence", description: "Captures, traces and logs, by their SHA-256." },
  { name: "Reading", description: "Twins of public pages, for whoever may see those." },
];

/** The OpenAPI document of the routes, from what their handlers say of themselves. */
export function buildDocument(routes: Routes, origin: string): ApiDocument {
  const paths = Object.entries(routes).map(([path, handlers]) => {
    const operations = METHODS.flatMap((method): [string, unknown][] => {
      const operation = handlers[method]?.operation;
      return operation ? [[method.toLowerCase(), operationOf(method, path, operation)]] : [];
    });
    return [path, Object.fromEntries(operations)] as const;
  });
  return {
    openapi: "3.1.1",
    info: {
      title: "The Plugfest API",
      version,
      summary: "Push results, read matrices.",
      description: DESCRIPTION,
    },
    servers: [{ url: `${origin}/api/v1` }],
    tags: TAGS,
    paths: Object.fromEntries(paths) as ApiDocument["paths"],
    components: {
      securitySchemes: {
        agentToken: { type: "http", scheme: "bearer", bearerFormat: "pf_agt_…" },
      },
      schemas: { Problem: jsonSchema(problemSchema, "output") },
    },
  };
}

function operationOf(method: Method, path: string, operation: Operation): ApiOperation {
  const { summary, body, isOpen, scope } = operation;
  const parameters = [...pathParameters(path), ...queryParameters(operation.query)];
  if (operation.isKeyed) parameters.push(IDEMPOTENCY_KEY);
  const token = { agentToken: scope === null ? [] : [scope] };
  return {
    operationId: idOf(method, path),
    tags: [tagOf(path, operation)],
    summary: summary.endsWith(".") ? summary : `${summary}.`,
    security: isOpen ? [token, {}] : [token],
    parameters,
    ...(body === null
      ? {}
      : {
          requestBody: {
            required: true as const,
            content: Object.fromEntries(
              body.types.map((type) => [type, { schema: bodySchema(type, body.schema) }]),
            ),
          },
        }),
    responses: responsesOf(path, operation),
  };
}

/** What is no JSON as a whole is bytes or lines. */
const bodySchema = (type: string, schema: z.ZodType | null): JsonSchema =>
  type === "application/json" && schema ? jsonSchema(schema, "input") : { type: "string" };

function tagOf(path: string, { isOpen }: Operation): string {
  if (path.includes("/evidence")) return "Evidence";
  if (path.includes("/runs/")) return "Runs";
  return isOpen ? "Reading" : "Agent";
}

/** `putEventsRunsResults`: the method and the fixed parts of the path. */
const idOf = (method: Method, path: string) =>
  method.toLowerCase() +
  path
    .split(/[/.{}-]+/)
    .filter((part) => part !== "")
    .map((part) => `${part[0]?.toUpperCase()}${part.slice(1)}`)
    .join("");

const SLUG: JsonSchema = { type: "string", pattern: "^[a-z0-9]+(?:-[a-z0-9]+)*$" };
const UUID: JsonSchema = { type: "string", format: "uuid" };
const PATH: Record<string, JsonSchema> = {
  eventSlug: SLUG,
  trackSlug: SLUG,
  projectSlug: SLUG,
  otherSlug: SLUG,
  runId: UUID,
  agentId: UUID,
  sha256: { type: "string", pattern: "^[0-9a-f]{64}$" },
};

const pathParameters = (path: string): ApiParameter[] =>
  [...path.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => ({
    name,
    in: "path",
    required: true,
    schema: PATH[name] ?? { type: "string" },
  }));

function queryParameters(query: z.ZodType | null): ApiParameter[] {
  if (query === null) return [];
  const { properties = {}, required = [] } = jsonSchema(query, "input");
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: "query",
    required: required.includes(name),
    schema,
  }));
}

const IDEMPOTENCY_KEY: ApiParameter = {
  name: "Idempotency-Key",
  in: "header",
  required: false,
  description:
    "The same request under the same key is answered as it was the first time, for a day; 409 while that is under way, 422 for another request.",
  schema: { type: "string", minLength: 1, maxLength: 255 },
};

const PROBLEMS: Record<number, string> = {
  400: "The body cannot be read.",
  401: "There is no token, or it is unknown, expired or revoked.",
  403: "The caller may not do this.",
  404: "There is no such thing, or the caller may not see it.",
  409: "The event is in another phase, or something of this id is there already.",
  413: "The body is too large; the detail says the limit.",
  415: "The body is of a media type that is not taken.",
  416: "The part that was asked for is not there.",
  422: "The body, the query or an id does not fit; `errors` says where.",
  429: "Too many requests; `Retry-After` says when.",
  500: "A fault of the server.",
  503: "The server or its database is busy or away. Nothing was stored; `Retry-After` says when.",
  507: "There is no room for more evidence.",
};

/** What belongs to no event has no phases. */
function isPhased(action: Operation["action"]): boolean {
  const rules: Readonly<Record<string, Rule>> = policy;
  const rule = rules[action];
  return rule !== undefined && rule.phases.length < PHASES.length;
}

/** Which refusals follow from what a route is. */
function problemsOf(path: string, operation: Operation): number[] {
  const { action, body, query, problems } = operation;
  return [
    401,
    403,
    429,
    500,
    503,
    ...(body ? [400, 413, 415, 422] : []),
    ...(path.includes("{") ? [404] : []),
    ...(query || path.includes("{runId}") ? [422] : []),
    ...(isPhased(action) ? [409] : []),
    ...problems,
  ];
}

function responsesOf(path: string, operation: Operation): Record<string, ApiResponse> {
  const responses: Record<string, ApiResponse> = Object.fromEntries(
    Object.entries(operation.answers).map(([status, answer]) => [status, answerOf(answer)]),
  );
  for (const status of new Set(problemsOf(path, operation))) {
    const own = responses[status];
    const problem = { "application/problem+json": { schema: PROBLEM } };
    const description = PROBLEMS[status] ?? "Refused.";
    responses[status] = {
      description: own ? `${own.description} Or: ${description}` : description,
      ...(status === 429 || status === 503 ? { headers: RETRY_AFTER } : {}),
      content: { ...own?.content, ...problem },
    };
  }
  return responses;
}

function answerOf({ says, type, schema }: Answer): ApiResponse {
  if (type === null) return { description: says };
  const shape = schema ? jsonSchema(schema, "output") : { type: "string" };
  return { description: says, content: { [type]: { schema: shape } } };
}

const PROBLEM: JsonSchema = { $ref: "#/components/schemas/Problem" };
const RETRY_AFTER = {
  "Retry-After": { description: "Seconds to wait.", schema: { type: "integer" } },
};

/** Zod's own writing, without what says nothing: patterns beside formats, the bounds of a safe integer. */
function jsonSchema(schema: z.ZodType, io: "input" | "output"): JsonSchema {
  const { $schema: _, ...written } = z.toJSONSchema(schema, {
    io,
    unrepresentable: "any",
    override: ({ jsonSchema: one }) => {
      if (one.format === "uuid" || one.format === "date-time") delete one.pattern;
      if (one.maximum === Number.MAX_SAFE_INTEGER) delete one.maximum;
      if (one.minimum === Number.MIN_SAFE_INTEGER) delete one.minimum;
    },
  });
  return written as JsonSchema;
}

import { createHash, randomUUID } from "node:crypto";
import type * as z from "zod";
import type { TokenScope } from "@/lib/agents/schema";
import { authenticateAgent, type Caller } from "@/lib/auth/agents";
import { grant, type Permit } from "@/lib/auth/permit";
import type { Action } from "@/lib/auth/policy";
import { faultsOf } from "@/lib/core/faults";
import { logFailure } from "@/lib/core/log";
import { isOutage } from "@/lib/core/outage";
import { Refusal } from "@/lib/core/refusal";
import { type KeptAnswer, keyIn } from "@/lib/keyed/rules";
import { answerOnce } from "@/lib/keyed/write";
import { isTryLater } from "./later";
import { type Bucket, spend } from "./limits";
import { type Context, described, type Handler, type Operation, type Params } from "./operation";
import { paramsOf } from "./params";
import {
  type Asked,
  failureResponse,
  invalid,
  laterResponse,
  refusalResponse,
  unavailableResponse,
} from "./problem";
import { readQuery } from "./query";
import { LINES_TYPE, readBatch, readJson } from "./read-body";
import { ingestHearing, ingestTurn } from "./turnstile";

type Parsed<S> = S extends z.ZodType ? z.output<S> : null;

type Call<A extends Action, Body, Query> = {
  permit: Permit<A>;
  caller: Caller;
  body: Parsed<Body>;
  query: Parsed<Query>;
  params: Params;
  /** For a route that reads the body by itself. */
  request: Request;
};

/** A body of many items, which may also come one a line. */
type Lines = {
  most: number;
  envelope: (items: unknown[]) => { items: readonly unknown[] };
  /** The document's schema of the body, whose items are parsed one by one. */
  told: z.ZodType;
};

export type Endpoint<
  A extends Action,
  Body extends z.ZodType | null,
  Reply extends z.ZodType,
  Query extends z.ZodType | null = null,
> = {
  action: A;
  /** What the token must carry; null when any token may. */
  scope: TokenScope | null;
  /** What it does, in a sentence, for the document. */
  summary: string;
  query?: Query;
  body: Body;
  /** The media type of a body that `handle` reads by itself. */
  upload?: string;
  lines?: Lines;
  /** Stores a batch: takes its turn with others, and an Idempotency-Key. */
  isIngest?: true;
  /** Heartbeats and the end of a run are counted by themselves. */
  bucket?: Bucket;
  reply: Reply;
  /** status -> when it is answered, for the document */
  answers: Readonly<Record<number, string>>;
  /** Statuses of refusals that do not follow from the above. */
  problems?: readonly number[];
  handle(call: Call<A, Body, Query>): Promise<{ status: number; reply: z.input<Reply> }>;
};

/** A REST route: who calls, may they, what did they say, what do we answer. In that order, once, here. */
export function endpoint<
  A extends Action,
  Body extends z.ZodType | null,
  Reply extends z.ZodType,
  Query extends z.ZodType | null = null,
>(spec: Endpoint<A, Body, Reply, Query>): Handler {
  const handler = (request: Request, context: Context): Promise<Response> =>
    answering(request, async (headers) => {
      const listen = () => hear(spec, { request, context, headers });
      const call = spec.isIngest ? await ingestHearing(listen) : await listen();
      const work = async () => {
        const { status, reply } = await spec.handle(call);
        return { status, text: JSON.stringify(spec.reply.parse(reply)) };
      };
      const { status, text } = spec.isIngest ? await ingest(call, work) : await work();
      return new Response(text, { status, headers: REPLY_HEADERS });
    });
  return described(handler, operationOf(spec));
}

/** Who calls, whether they may, and what they say; the limits are told in `headers`. */
async function hear<
  A extends Action,
  Body extends z.ZodType | null,
  Reply extends z.ZodType,
  Query extends z.ZodType | null,
>(
  spec: Endpoint<A, Body, Reply, Query>,
  { request, context, headers }: { request: Request; context: Context; headers: Headers },
): Promise<Call<A, Body, Query>> {
  const params = await paramsOf(context);
  const authorization = request.headers.get("authorization");
  const caller = await authenticateAgent(authorization, params.eventSlug ?? null);
  const key = caller.tokenId;
  await spend(headers, spec.bucket ?? "requests", { key });
  requireScope(caller, spec.scope);
  const permit = grant(caller.actor, spec.action, caller.scope);
  const query = spec.query ? readQuery(request, spec.query) : null;
  const body = spec.body ? parseBody(spec.body, await readBody(request, spec.lines)) : null;
  if (spec.lines) await spend(headers, "items", { key, points: itemsOf(body) });
  return { permit, caller, body, query, params, request } as Call<A, Body, Query>;
}

const REPLY_HEADERS = { "content-type": "application/json", "cache-control": "no-store" };

const readBody = (request: Request, lines: Lines | undefined) =>
  lines ? readBatch(request, lines) : readJson(request);

const itemsOf = (body: unknown): number =>
  typeof body === "object" && body !== null && "items" in body && Array.isArray(body.items)
    ? body.items.length
    : 0;

/** Batches take turns; one with an Idempotency-Key is answered as it was the first time. */
async function ingest<A extends Action>(
  { permit, request, body }: Call<A, z.ZodType | null, z.ZodType | null>,
  work: () => Promise<KeptAnswer>,
): Promise<KeptAnswer> {
  const key = keyIn(request.headers.get("idempotency-key"));
  if (key === null) return ingestTurn(work);
  const digest = createHash("sha256").update(contentOf(request, body)).digest();
  return answerOnce(permit, { key, digest }, () => ingestTurn(work));
}

function contentOf(request: Request, body: unknown): string {
  try {
    return JSON.stringify([new URL(request.url).pathname, body]);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new Refusal("malformed", "The body is nested too deeply.");
  }
}

function operationOf<
  A extends Action,
  Body extends z.ZodType | null,
  Reply extends z.ZodType,
  Query extends z.ZodType | null,
>(spec: Endpoint<A, Body, Reply, Query>): Operation {
  const { action, summary, scope, lines, upload } = spec;
  const bodies = lines ? ["application/json", LINES_TYPE] : ["application/json"];
  const parsed = spec.body ? { types: bodies, schema: lines?.told ?? spec.body } : null;
  return {
    action,
    summary,
    isOpen: false,
    scope,
    query: spec.query ?? null,
    body: upload === undefined ? parsed : { types: [upload], schema: null },
    isKeyed: spec.isIngest ?? false,
    answers: Object.fromEntries(
      Object.entries(spec.answers).map(([status, says]) => [
        status,
        { says, type: "application/json", schema: spec.reply },
      ]),
    ),
    problems: spec.problems ?? [],
  };
}

/**
 * Turns what is thrown into problem+json: a refusal as it says, an outage as 503, a bug as 500. `work`
 * may add to the headers of whatever is answered.
 */
export async function answering(
  request: Request,
  work: (headers: Headers) => Promise<Response>,
): Promise<Response> {
  const asked: Asked = { instance: new URL(request.url).pathname, requestId: randomUUID() };
  const headers = new Headers();
  const response = await work(headers).catch((error: unknown) => failedResponse(error, asked));
  for (const [name, value] of headers) response.headers.set(name, value);
  return response;
}

function failedResponse(error: unknown, asked: Asked): Response {
  if (error instanceof Refusal) return refusalResponse(error, asked);
  if (isTryLater(error)) return laterResponse(error, asked);
  if (isOutage(error)) return unavailableResponse(asked);
  logFailure("request failed", error, asked);
  return failureResponse(asked);
}

function requireScope({ scopes }: Caller, scope: TokenScope | null) {
  if (scope !== null && !scopes.includes(scope)) {
    throw new Refusal("forbidden", `This token lacks the scope ${scope}.`);
  }
}

function parseBody(schema: z.ZodType, json: unknown): unknown {
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  const faults = faultsOf(parsed.error);
  const first = faults[0];
  throw invalid(
    first
      ? `The body does not fit: ${first.pointer || "/"}: ${first.message}`
      : "The body does not fit.",
    faults,
  );
}

import { randomUUID } from "node:crypto";
import type * as z from "zod";
import type { TokenScope } from "@/lib/agents/schema";
import { authenticateAgent, type Caller } from "@/lib/auth/agents";
import { grant, type Permit } from "@/lib/auth/permit";
import type { Action } from "@/lib/auth/policy";
import { faultsOf } from "@/lib/core/faults";
import { logFailure } from "@/lib/core/log";
import { isOutage } from "@/lib/core/outage";
import { Refusal } from "@/lib/core/refusal";
import {
  type Asked,
  failureResponse,
  invalid,
  refusalResponse,
  unavailableResponse,
} from "./problem";
import { readJson } from "./read-body";

type Params = Readonly<Record<string, string>>;
/** Next leaves `params` out where the path has none. */
type Context = { params?: Promise<Params> };

type Call<A extends Action, Body> = {
  permit: Permit<A>;
  caller: Caller;
  body: Body;
  params: Params;
};

export type Endpoint<A extends Action, Body extends z.ZodType | null, Reply extends z.ZodType> = {
  action: A;
  /** What the token must carry; null when any token may. */
  scope: TokenScope | null;
  body: Body;
  reply: Reply;
  handle(
    call: Call<A, Body extends z.ZodType ? z.output<Body> : null>,
  ): Promise<{ status: number; reply: z.input<Reply> }>;
};

/** A REST route: who calls, may they, what did they say, what do we answer. In that order, once, here. */
export function endpoint<A extends Action, Body extends z.ZodType | null, Reply extends z.ZodType>(
  spec: Endpoint<A, Body, Reply>,
) {
  return (request: Request, context: Context): Promise<Response> =>
    answering(request, async () => {
      const params = (await context.params) ?? {};
      const caller = await authenticateAgent(
        request.headers.get("authorization"),
        params.eventSlug ?? null,
      );
      requireScope(caller, spec.scope);
      const permit = grant(caller.actor, spec.action, caller.scope);
      const body = (spec.body ? parseBody(spec.body, await readJson(request)) : null) as Call<
        A,
        Body extends z.ZodType ? z.output<Body> : null
      >["body"];
      const { status, reply } = await spec.handle({ permit, caller, body, params });
      return Response.json(spec.reply.parse(reply), {
        status,
        headers: { "cache-control": "no-store" },
      });
    });
}

/** Turns what is thrown into problem+json: a refusal as it says, an outage as 503, a bug as 500. */
export async function answering(
  request: Request,
  work: () => Promise<Response>,
): Promise<Response> {
  const asked: Asked = { instance: new URL(request.url).pathname, requestId: randomUUID() };
  try {
    return await work();
  } catch (error) {
    if (error instanceof Refusal) return refusalResponse(error, asked);
    if (isOutage(error)) return unavailableResponse(asked);
    logFailure("request failed", error, asked);
    return failureResponse(asked);
  }
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

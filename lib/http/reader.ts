import type * as z from "zod";
import { loadActor } from "@/lib/auth/actor";
import { authenticateAgent } from "@/lib/auth/agents";
import { grant, type Permit } from "@/lib/auth/permit";
import type { Action } from "@/lib/auth/policy";
import { loadScope } from "@/lib/auth/scope";
import { sessionToken } from "@/lib/auth/session";
import { answering } from "./endpoint";
import { addressOf, spend } from "./limits";
import { type Answer, type Context, described, type Handler, type Params } from "./operation";
import { paramsOf } from "./params";

export type Question<A extends Action> = {
  request: Request;
  params: Params;
  permit: Permit<A>;
  /** The gate once more, for an answer that goes on for long. */
  renew: () => Promise<Permit<A>>;
};

/** What the document of the API says of a twin. */
type Told = {
  summary: string;
  query?: z.ZodType;
  /** What is answered with 200. */
  type: string;
  /** Null for what is no JSON. */
  schema?: z.ZodType;
  problems?: readonly number[];
};

/**
 * A public twin of a page: anybody may ask, by session, by token or by neither, and sees what they
 * may see. The same gate as everywhere decides. What is part of the API tells what it is.
 */
export function reader<A extends Action>(
  action: A,
  handle: (asked: Question<A>) => Promise<Response>,
  told?: Told,
): Handler {
  const handler = (request: Request, context: Context): Promise<Response> =>
    answering(request, async (headers) => {
      const params = await paramsOf(context);
      const authorization = request.headers.get("authorization");
      const token = authorization === null ? await sessionToken() : undefined;
      // Somebody who has signed in is known by name; many of them may sit behind one address.
      if (authorization === null && token === undefined) {
        await spend(headers, "reads", { key: addressOf(request) });
      }
      const credentials = { authorization, token };
      const permit = await permitFor(action, params, { ...credentials, headers });
      const renew = () => permitFor(action, params, credentials);
      return handle({ request, params, permit, renew });
    });
  return described(handler, told ? operationOf(action, told) : null);
}

function operationOf(action: Action, told: Told) {
  const { summary, query, type, schema, problems } = told;
  const is = { says: "What was asked for, as far as the reader may see it.", type };
  const answers: Record<number, Answer> = { 200: { ...is, schema: schema ?? null } };
  // A stream is never the same.
  if (type !== "text/event-stream") answers[304] = NOT_MODIFIED;
  return {
    action,
    summary,
    isOpen: true,
    scope: null,
    query: query ?? null,
    body: null,
    isKeyed: false,
    answers,
    problems: problems ?? [],
  };
}

const NOT_MODIFIED: Answer = {
  says: "It is as it was: `If-None-Match` named its ETag.",
  type: null,
  schema: null,
};

/** By agent token when one is sent, else by session. `headers` where the token's request is counted. */
type Credentials = { authorization: string | null; token: string | undefined; headers?: Headers };

async function permitFor<A extends Action>(
  action: A,
  { eventSlug = "", trackSlug }: Params,
  { authorization, token, headers }: Credentials,
): Promise<Permit<A>> {
  if (authorization !== null) {
    const { actor, scope, tokenId } = await authenticateAgent(authorization, eventSlug);
    if (headers) await spend(headers, "requests", { key: tokenId });
    return grant(
      actor,
      action,
      trackSlug === undefined ? scope : await loadScope(eventSlug, trackSlug),
    );
  }
  const [actor, scope] = await Promise.all([loadActor(token), loadScope(eventSlug, trackSlug)]);
  return grant(actor, action, scope);
}

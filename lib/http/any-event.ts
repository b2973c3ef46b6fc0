import { loadActor } from "@/lib/auth/actor";
import { authenticateAgent } from "@/lib/auth/agents";
import { type Actor, grantOrNull, type Permit } from "@/lib/auth/permit";
import type { Action } from "@/lib/auth/policy";
import { loadScope } from "@/lib/auth/scope";
import { sessionToken } from "@/lib/auth/session";
import { answering } from "./endpoint";
import { addressOf, spend } from "./limits";
import { type Context, described, type Handler, type Operation, type Params } from "./operation";
import { paramsOf } from "./params";

type Asked<A extends Action> = {
  request: Request;
  params: Params;
  /** For each of the events that lets the reader in. */
  permits: readonly Permit<A>[];
};
type Door<A extends Action> = {
  action: A;
  /** The slugs of the events that it may belong to. */
  events: (params: Params) => Promise<readonly string[]>;
  handle: (asked: Asked<A>) => Promise<Response>;
} & Pick<Operation, "summary" | "answers" | "problems">;

/** A public twin whose address names no event. That an event keeps the reader out is not told. */
export function anyEventReader<A extends Action>(door: Door<A>): Handler {
  const { action, summary, answers, problems } = door;
  const handler = (request: Request, context: Context): Promise<Response> =>
    answering(request, async (headers) => {
      const params = await paramsOf(context);
      const reader = await readerOf(request, headers);
      const slugs = await door.events(params);
      const permits = await permitsFor(reader, action, slugs);
      return door.handle({ request, params, permits });
    });
  const is = { isOpen: true, scope: null, query: null, body: null, isKeyed: false };
  return described(handler, { action, summary, answers, problems, ...is });
}

type Reader = { actor: Actor; only: string | null };

/** By agent token when one is sent, else by session. To a token there is no other event than its own. */
export async function readerOf(request: Request, headers: Headers): Promise<Reader> {
  const authorization = request.headers.get("authorization");
  if (authorization !== null) {
    const { actor, tokenId, scope } = await authenticateAgent(authorization, null);
    await spend(headers, "requests", { key: tokenId });
    return { actor, only: scope.eventSlug };
  }
  const token = await sessionToken();
  if (token === undefined) await spend(headers, "reads", { key: addressOf(request) });
  return { actor: await loadActor(token), only: null };
}

async function permitsFor<A extends Action>(
  { actor, only }: Reader,
  action: A,
  slugs: readonly string[],
): Promise<Permit<A>[]> {
  const permits: Permit<A>[] = [];
  for (const slug of slugs.filter((one) => only === null || one === only)) {
    const permit = grantOrNull(actor, action, await loadScope(slug, undefined));
    if (permit) permits.push(permit);
  }
  return permits;
}

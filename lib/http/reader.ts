import { loadActor } from "@/lib/auth/actor";
import { authenticateAgent } from "@/lib/auth/agents";
import { grant, type Permit } from "@/lib/auth/permit";
import type { Action } from "@/lib/auth/policy";
import { loadScope } from "@/lib/auth/scope";
import { sessionToken } from "@/lib/auth/session";
import { answering } from "./endpoint";

type Params = Readonly<Record<string, string>>;

export type Question<A extends Action> = {
  request: Request;
  params: Params;
  permit: Permit<A>;
  /** The gate once more, for an answer that goes on for long. */
  renew: () => Promise<Permit<A>>;
};

/**
 * A public twin of a page: anybody may ask, by session, by token or by neither, and sees what they
 * may see. The same gate as everywhere decides.
 */
export const reader =
  <A extends Action>(action: A, handle: (asked: Question<A>) => Promise<Response>) =>
  (request: Request, context: { params: Promise<Params> }): Promise<Response> =>
    answering(request, async () => {
      const params = await context.params;
      const authorization = request.headers.get("authorization");
      const token = authorization === null ? await sessionToken() : undefined;
      const renew = () => permitFor(action, params, { authorization, token });
      return handle({ request, params, permit: await renew(), renew });
    });

/** By agent token when one is sent, else by session. */
type Credentials = { authorization: string | null; token: string | undefined };

async function permitFor<A extends Action>(
  action: A,
  { eventSlug = "", trackSlug }: Params,
  { authorization, token }: Credentials,
): Promise<Permit<A>> {
  if (authorization !== null) {
    const { actor, scope } = await authenticateAgent(authorization, eventSlug);
    return grant(
      actor,
      action,
      trackSlug === undefined ? scope : await loadScope(eventSlug, trackSlug),
    );
  }
  const [actor, scope] = await Promise.all([loadActor(token), loadScope(eventSlug, trackSlug)]);
  return grant(actor, action, scope);
}

import { loadPersonActor } from "@/lib/auth/actor";
import { authenticateAgent } from "@/lib/auth/agents";
import { grant, type Permit } from "@/lib/auth/permit";
import type { Action } from "@/lib/auth/policy";
import { loadScope } from "@/lib/auth/scope";
import { currentSession } from "@/lib/auth/session";
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
      const renew = () => permitFor(request, action, params);
      return handle({ request, params, permit: await renew(), renew });
    });

async function permitFor<A extends Action>(
  request: Request,
  action: A,
  params: Params,
): Promise<Permit<A>> {
  const eventSlug = params.eventSlug ?? "";
  const header = request.headers.get("authorization");
  if (header !== null) {
    const { actor, scope } = await authenticateAgent(header, eventSlug);
    return grant(actor, action, scope);
  }
  const [session, scope] = await Promise.all([
    currentSession(),
    loadScope(eventSlug, params.trackSlug),
  ]);
  const actor = session ? await loadPersonActor(session.personId) : ({ kind: "visitor" } as const);
  return grant(actor, action, scope);
}

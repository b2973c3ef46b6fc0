import { loadPersonActor } from "@/lib/auth/actor";
import { authenticateAgent } from "@/lib/auth/agents";
import { grant, type Permit } from "@/lib/auth/permit";
import type { Action } from "@/lib/auth/policy";
import { loadScope } from "@/lib/auth/scope";
import { currentSession } from "@/lib/auth/session";
import { answering } from "./endpoint";

type Params = Readonly<Record<string, string>>;

/**
 * A public twin of a page: anybody may ask, by session, by token or by neither, and sees what they
 * may see. The same gate as everywhere decides.
 */
export const reader =
  <A extends Action>(
    action: A,
    handle: (request: Request, permit: Permit<A>, params: Params) => Promise<Response>,
  ) =>
  (request: Request, context: { params: Promise<Params> }): Promise<Response> =>
    answering(request, async () => {
      const params = await context.params;
      return handle(request, await permitFor(request, action, params), params);
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

import { cookies } from "next/headers";
import { cache } from "react";
import { loadPersonActor } from "@/lib/auth/actor";
import { authCookies } from "@/lib/auth/cookies";
import type { Actor } from "@/lib/auth/permit";
import { loadScope } from "@/lib/auth/scope";
import { findSession } from "@/lib/auth/sessions";
import { type Context, createCallerFactory } from "./init";
import { appRouter } from "./root";

async function actorOf(token: string | undefined): Promise<Actor> {
  const session = token ? await findSession(token) : null;
  return session ? loadPersonActor(session.personId) : { kind: "visitor" };
}

/** Who asks, looked up once per request. */
export const currentContext = cache(async (): Promise<Context> => {
  const token = (await cookies()).get(authCookies().sessionToken.name)?.value;
  return {
    actor: await actorOf(token),
    loadScope: cache(loadScope),
    renew: async () => ({ actor: await actorOf(token), loadScope }),
  };
});

/** The router, called from server components: the same permits, no HTTP. */
export const api = createCallerFactory(appRouter)(currentContext);

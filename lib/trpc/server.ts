import { cache } from "react";
import { loadActor } from "@/lib/auth/actor";
import { loadScope } from "@/lib/auth/scope";
import { sessionToken } from "@/lib/auth/session";
import { type Context, createCallerFactory } from "./init";
import { appRouter } from "./root";

/** Who asks, looked up once per request. */
export const currentContext = cache(async (): Promise<Context> => {
  const token = await sessionToken();
  return {
    actor: await loadActor(token),
    loadScope: cache(loadScope),
    renew: async () => ({ actor: await loadActor(token), loadScope }),
  };
});

/** The router, called from server components: the same permits, no HTTP. */
export const api = createCallerFactory(appRouter)(currentContext);

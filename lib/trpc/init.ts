import { initTRPC, TRPCError } from "@trpc/server";
import * as z from "zod";
import { type Actor, grant, grantSite, type Scope } from "@/lib/auth/permit";
import type { Action, SiteAction } from "@/lib/auth/policy";
import { Refusal, type RefusalStatus } from "@/lib/core/refusal";
import { slugSchema } from "@/lib/core/text";
import { Closing } from "@/lib/live/closing";

export type Context = {
  actor: Actor;
  /** Finds what is acted on; a slug that is nobody's is `not_found`. */
  loadScope(eventSlug: string, trackSlug: string | undefined): Promise<Scope>;
  /** The same request looked at anew: a stream outlives a session, a role and a phase. */
  renew(): Promise<Pick<Context, "actor" | "loadScope">>;
};

const t = initTRPC.context<Context>().create({
  sse: {
    ping: { enabled: true, intervalMs: 10_000 },
    client: { reconnectAfterInactivityMs: 15_000 },
  },
});

const CODE = {
  400: "BAD_REQUEST",
  401: "UNAUTHORIZED",
  403: "FORBIDDEN",
  404: "NOT_FOUND",
  409: "CONFLICT",
  413: "PAYLOAD_TOO_LARGE",
  415: "UNSUPPORTED_MEDIA_TYPE",
  422: "UNPROCESSABLE_CONTENT",
  503: "SERVICE_UNAVAILABLE",
  507: "SERVICE_UNAVAILABLE",
} as const satisfies Record<RefusalStatus, TRPCError["code"]>;

/** A refusal in tRPC's terms; anything else as it is. A client comes back after "unavailable". */
function asTrpcError(error: unknown): unknown {
  if (error instanceof Refusal) {
    return new TRPCError({ code: CODE[error.status], message: error.message, cause: error });
  }
  return error instanceof Closing
    ? new TRPCError({ code: "SERVICE_UNAVAILABLE", message: error.message, cause: error })
    : error;
}

const base = t.procedure.use(async ({ next }) => {
  const outcome = await next();
  if (!outcome.ok && outcome.error.cause instanceof Refusal) throw asTrpcError(outcome.error.cause);
  return outcome;
});

/** What a stream tells; it outlives the middleware above, so its refusals are put into terms here. */
export async function* telling<T>(stream: AsyncIterable<T>): AsyncGenerator<T> {
  try {
    yield* stream;
  } catch (error) {
    throw asTrpcError(error);
  }
}

/** Every procedure on an event names the action it performs; there is no builder without one. */
export const procedure = <A extends Action>(action: A) =>
  base
    .input(z.object({ eventSlug: slugSchema, trackSlug: slugSchema.optional() }))
    .use(async ({ ctx, input, next }) => {
      const permitFor = async ({ actor, loadScope }: Pick<Context, "actor" | "loadScope">) =>
        grant(actor, action, await loadScope(input.eventSlug, input.trackSlug));
      const permit = await permitFor(ctx);
      return next({ ctx: { permit, renewPermit: async () => permitFor(await ctx.renew()) } });
    });

/** The same for what belongs to no event: the list of events, one's own account. */
export const siteProcedure = <A extends SiteAction>(action: A) =>
  base.use(({ ctx, next }) => next({ ctx: { permit: grantSite(ctx.actor, action) } }));

export const router = t.router;
export const createCallerFactory = t.createCallerFactory;

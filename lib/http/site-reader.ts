import type * as z from "zod";
import { grantSite, type SitePermit } from "@/lib/auth/permit";
import type { SiteAction } from "@/lib/auth/policy";
import { readerOf } from "./any-event";
import { answering } from "./endpoint";
import { type Context, described, type Handler, type Params } from "./operation";
import { paramsOf } from "./params";

type Asked<A extends SiteAction> = { request: Request; params: Params; permit: SitePermit<A> };
type Door<A extends SiteAction> = {
  action: A;
  summary: string;
  schema: z.ZodType;
  handle: (asked: Asked<A>) => Promise<Response>;
};

/** A public twin, as JSON, of a page that belongs to no event; of each event the gate decides. */
export function siteReader<A extends SiteAction>(door: Door<A>): Handler {
  const { action, summary, schema } = door;
  const handler = (request: Request, context: Context): Promise<Response> =>
    answering(request, async (headers) => {
      const params = await paramsOf(context);
      const { actor } = await readerOf(request, headers);
      return door.handle({ request, params, permit: grantSite(actor, action) });
    });
  const says = "What was asked for, as far as the reader may see it.";
  const answers = {
    200: { says, type: "application/json", schema },
    304: { says: "It is as it was: `If-None-Match` named its ETag.", type: null, schema: null },
  };
  const is = { isOpen: true, scope: null, query: null, body: null, isKeyed: false, problems: [] };
  return described(handler, { action, summary, answers, ...is });
}

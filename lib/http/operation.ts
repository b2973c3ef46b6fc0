import type * as z from "zod";
import type { TokenScope } from "@/lib/agents/schema";
import type { Action, SiteAction } from "@/lib/auth/policy";

/** One way to answer well. */
export type Answer = {
  /** When it is given, in a sentence. */
  says: string;
  /** The media type; null where there is no body. */
  type: string | null;
  /** Null for what is no JSON. */
  schema: z.ZodType | null;
};

/** What the document of the API says of a route; lib/http/openapi.ts draws it. */
export type Operation = {
  action: Action | SiteAction;
  summary: string;
  /** Whether anybody may ask, by a session or by nothing; else a token is needed. */
  isOpen: boolean;
  scope: TokenScope | null;
  query: z.ZodType | null;
  body: { types: readonly string[]; schema: z.ZodType | null } | null;
  /** Whether it takes an `Idempotency-Key`. */
  isKeyed: boolean;
  answers: Readonly<Record<number, Answer>>;
  /** Statuses of refusals beyond those that follow from the above. */
  problems: readonly number[];
};

/** Next leaves `params` out where the path has none. */
export type Context = { params?: Promise<Params> };
export type Params = Readonly<Record<string, string>>;

/** A route's handler that can tell what it does. */
export type Handler = ((request: Request, context: Context) => Promise<Response>) & {
  /** Null where it belongs to no API. */
  readonly operation: Operation | null;
};

export const described = (
  handler: (request: Request, context: Context) => Promise<Response>,
  operation: Operation | null,
): Handler => Object.assign(handler, { operation });

import type { Problem } from "@/lib/core/problem";
import { type Fault, Refusal, type RefusalStatus } from "@/lib/core/refusal";
import type { TryLater } from "./later";

const TITLES = {
  400: "Malformed request",
  401: "Not signed in",
  403: "Forbidden",
  404: "Not found",
  409: "Conflict",
  413: "Too large",
  415: "Unsupported media type",
  422: "Invalid",
  503: "Unavailable",
  507: "Insufficient storage",
} as const satisfies Record<RefusalStatus, string>;

export type Asked = { instance: string; requestId: string };

/** RFC 9457. `type` tells a machine which refusal it is; `detail` tells a person what to do. */
export function refusalResponse(
  { code, status, message, faults }: Refusal,
  asked: Asked,
): Response {
  // What the caller can do nothing about may be different later.
  const retryable = status >= 500;
  return respond(
    {
      type: `urn:plugfest:problem:${code}`,
      title: TITLES[status],
      status,
      detail: message,
      ...asked,
      retryable,
      errors: [...faults],
    },
    retryable ? { "retry-after": "30" } : {},
  );
}

/** A fault of ours: logged with its cause under the id that the caller is given. */
export function failureResponse(asked: Asked): Response {
  return respond({
    type: "urn:plugfest:problem:internal",
    title: "Internal error",
    status: 500,
    detail: "The server failed to answer. Nothing of this request was stored; send it again.",
    ...asked,
    retryable: true,
    errors: [],
  });
}

/** The database is away or overloaded: nothing was stored, and trying again is right. */
export function unavailableResponse(asked: Asked): Response {
  return respond(
    {
      type: "urn:plugfest:problem:unavailable",
      title: "Unavailable",
      status: 503,
      detail: "The database does not answer at the moment. Nothing was stored; send it again.",
      ...asked,
      retryable: true,
      errors: [],
    },
    { "retry-after": "2" },
  );
}

/** Too much at once, of one token or of all: in a moment it will be taken. */
export function laterResponse({ status, message, afterS }: TryLater, asked: Asked): Response {
  const isLimit = status === 429;
  return respond(
    {
      type: `urn:plugfest:problem:${isLimit ? "too_many_requests" : "unavailable"}`,
      title: isLimit ? "Too many requests" : "Unavailable",
      status,
      detail: message,
      ...asked,
      retryable: true,
      errors: [],
    },
    { "retry-after": String(afterS) },
  );
}

export const invalid = (message: string, faults: readonly Fault[]) =>
  new Refusal("invalid", message, faults);

function respond(problem: Problem, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(problem), {
    status: problem.status,
    headers: {
      "content-type": "application/problem+json",
      "cache-control": "no-store",
      "x-request-id": problem.requestId,
      ...(problem.status === 401 ? { "www-authenticate": "Bearer" } : {}),
      ...headers,
    },
  });
}

import type { Problem } from "@/lib/core/problem";
import { type Fault, Refusal, type RefusalStatus } from "@/lib/core/refusal";

const TITLES = {
  400: "Malformed request",
  401: "Not signed in",
  403: "Forbidden",
  404: "Not found",
  409: "Conflict",
  413: "Too large",
  415: "Unsupported media type",
  422: "Invalid",
} as const satisfies Record<RefusalStatus, string>;

export type Asked = { instance: string; requestId: string };

/** RFC 9457. `type` tells a machine which refusal it is; `detail` tells a person what to do. */
export function refusalResponse(
  { code, status, message, faults }: Refusal,
  asked: Asked,
): Response {
  return respond({
    type: `urn:plugfest:problem:${code}`,
    title: TITLES[status],
    status,
    detail: message,
    ...asked,
    retryable: false,
    errors: [...faults],
  });
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

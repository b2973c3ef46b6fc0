import { within } from "@/lib/core/deadline";
import { type Answer, answerOf, describe, retryAfter } from "./answer";
import { EXIT, Failure, messageOf } from "./failure";
import type { Output } from "./output";
import type { Patience } from "./patience";
import { AGENT } from "./version";

export type Link = {
  /** Ends in a slash. */
  readonly url: string;
  readonly token: string;
  readonly patience: Patience;
  readonly output: Output;
};
export type Call = {
  readonly method: "GET" | "PUT" | "POST";
  /** Below /api/v1. */
  readonly path: string;
  readonly body?: unknown;
  /** A gzipped JSON body, instead of `body`. */
  readonly packed?: Uint8Array;
  /** Bytes of a file, instead of both. */
  readonly upload?: Upload;
};
type Upload = {
  /** As the server told it, instead of `path`: its own, or another server's. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly bytes: Uint8Array;
};
const RETRIED = [408, 425, 429, 500, 502, 503, 504];
const FIRST_WAIT_MS = 200;
const LONGEST_WAIT_MS = 60_000;
const REQUEST_MS = 30_000;
/** For a whole file at once, on a slow line. */
const UPLOAD_MS = 900_000;

/**
 * Asks until the server answers or the patience is spent (API.md, "The agent's promises", 2).
 * Throws Failure: exit 3 without an answer, exit 4 when the token is refused.
 */
export async function call(link: Link, request: Call): Promise<Answer> {
  for (let attempt = 0; ; attempt += 1) {
    const outcome = await once(link, request);
    if ("answer" in outcome) {
      link.patience.renew();
      // What another server thinks of us says nothing about our token.
      return isOurs(link, request) ? accept(outcome.answer) : outcome.answer;
    }
    const wait = Math.max(outcome.retryAfterMs ?? 0, backoff(attempt));
    const { output, patience } = link;
    if (wait <= patience.remainingMs()) {
      const what = `${request.method} ${addressOf(link, request).pathname}`;
      output.tell({ event: "retry", request: what, reason: outcome.reason, waitMs: wait });
      output.progress(`${outcome.reason} Trying again in ${(wait / 1000).toFixed(1)} s.`);
    }
    if (!(await patience.pause(wait))) {
      throw new Failure(EXIT.unreachable, spent(link.url, outcome.reason, outcome.retryAfterMs));
    }
  }
}

function spent(url: string, reason: string, retryAfterMs: number | undefined): string {
  const asked = retryAfterMs
    ? ` It asks to be left alone for ${Math.ceil(retryAfterMs / 1000)} s, which is longer than it has.`
    : "";
  return `No answer from ${url}: ${reason}${asked}`;
}

/** Doubling from 200 ms to 60 s, spread over 40 %, so that agents that failed together part ways. */
function backoff(attempt: number): number {
  const base = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** attempt);
  return Math.round(base * (0.8 + 0.4 * Math.random()));
}

type Outcome = { answer: Answer } | { reason: string; retryAfterMs?: number | undefined };

async function once(link: Link, request: Call): Promise<Outcome> {
  const { patience } = link;
  const limit = isOurs(link, request)
    ? Math.ceil(Math.min(REQUEST_MS, patience.remainingMs()))
    : UPLOAD_MS;
  const init: RequestInit = {
    method: request.method,
    headers: headersOf(link, request),
    body: bodyOf(request),
    // A redirected POST would arrive as a GET.
    redirect: "manual",
    signal: within(limit, patience.ended),
  };
  const arrived = await fetchText(addressOf(link, request), init);
  if ("reason" in arrived) return arrived;
  const { response, text } = arrived;
  if (!RETRIED.includes(response.status)) return { answer: answerOf(response, text) };
  return {
    reason: `It answered ${describe(response, text)}.`,
    retryAfterMs: retryAfter(response.headers.get("retry-after")),
  };
}

const addressOf = ({ url }: Link, { path, upload }: Call): URL =>
  upload ? new URL(upload.url, url) : new URL(`api/v1/${path}`, url);

const isOurs = (link: Link, request: Call): boolean =>
  addressOf(link, request).origin === new URL(link.url).origin;

async function fetchText(
  url: URL,
  init: RequestInit,
): Promise<{ response: Response; text: string } | { reason: string }> {
  try {
    const response = await fetch(url, init);
    return { response, text: await response.text() };
  } catch (error) {
    return { reason: `${reasonOf(error)}.` };
  }
}

function headersOf(link: Link, request: Call): Record<string, string> {
  const { token } = link;
  // Nobody else is shown the token.
  if (request.upload && !isOurs(link, request)) return { ...request.upload.headers };
  return {
    authorization: `Bearer ${token}`,
    accept: "application/json, application/problem+json",
    "user-agent": AGENT,
    ...(request.method === "GET" ? {} : { "content-type": "application/json" }),
    ...(request.packed ? { "content-encoding": "gzip" } : {}),
    ...request.upload?.headers,
  };
}

function bodyOf({ packed, body, upload }: Call): BodyInit | null {
  if (upload) return new Uint8Array(upload.bytes);
  if (packed) return new Uint8Array(packed);
  return body === undefined ? null : JSON.stringify(body);
}

/** undici says "fetch failed" and keeps the reason as a cause. */
function reasonOf(error: unknown): string {
  if (error instanceof Error && error.name === "TimeoutError") return "It did not answer in time";
  if (error instanceof Error && error.name === "AbortError") return "The agent was told to end";
  const cause = error instanceof Error && error.cause ? error.cause : error;
  const code = cause instanceof Error && "code" in cause ? String(cause.code) : undefined;
  return messageOf(cause) || code || "The connection failed";
}

function accept(answer: Answer): Answer {
  const { status } = answer;
  if (status === 401) {
    throw new Failure(EXIT.refused, `The server refuses the token: ${answer.sentence}`);
  }
  if (status === 403) {
    throw new Failure(EXIT.refused, `The token may not do this: ${answer.sentence}`);
  }
  if (status >= 300 && status < 400) {
    throw new Failure(
      EXIT.unreachable,
      `The server sends us elsewhere (${answer.sentence}). Set PLUGFEST_URL to its final address.`,
    );
  }
  return answer;
}

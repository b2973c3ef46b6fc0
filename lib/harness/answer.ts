import { problemSchema } from "@/lib/core/problem";

/** An answer that repeating would not change. `body` is undefined where it was no JSON. */
export type Answer = {
  readonly status: number;
  readonly body: unknown;
  /** What it says, for people. */
  readonly sentence: string;
  /** The problem's kind, such as wrong_phase. */
  readonly code: string | undefined;
};

/** Seconds or an HTTP date (RFC 9110 section 10.2.3), in milliseconds from now. */
export function retryAfter(header: string | null, now = Date.now()): number | undefined {
  if (header === null) return undefined;
  if (/^\d{1,9}$/.test(header.trim())) return Number(header) * 1000;
  const at = Date.parse(header);
  return Number.isNaN(at) ? undefined : Math.max(0, at - now);
}

export function answerOf(response: Response, text: string): Answer {
  const problem = problemOf(text);
  return {
    status: response.status,
    body: jsonOf(text),
    sentence: describe(response, text),
    code: problem?.code,
  };
}

/** `409 Conflict: the detail (/pointer: message)`, or the first words of a page that is no JSON. */
export function describe(response: Response, text: string): string {
  const problem = problemOf(text);
  const fault = problem?.fault;
  const where = fault ? ` (${fault.pointer || "/"}: ${fault.message})` : "";
  const said = problem ? `${problem.said}${where}` : plainText(text);
  return [`${response.status} ${response.statusText}`.trim(), said].filter(Boolean).join(": ");
}

type Problem = {
  readonly said: string | undefined;
  readonly code: string | undefined;
  readonly fault: { readonly pointer: string; readonly message: string } | undefined;
};

function problemOf(text: string): Problem | undefined {
  const parsed = problemSchema.partial().safeParse(jsonOf(text));
  const said = parsed.data?.detail ?? parsed.data?.title;
  if (said === undefined) return undefined;
  // The last word of the type: .../problems/wrong_phase
  const word = /[\w-]+$/.exec(parsed.data?.type ?? "")?.[0];
  return { said, code: word?.replaceAll("-", "_"), fault: parsed.data?.errors?.[0] };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const plainText = (text: string) =>
  text
    .slice(0, 4000)
    .replace(/<style[\s\S]*?<\/style>|<[^>]*>/g, " ")
    .replace(/\s+/g, " ")
    .trim()
    .slice(0, 200);

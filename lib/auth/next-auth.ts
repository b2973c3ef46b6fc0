import type { NextApiRequest, NextApiResponse } from "next";
import NextAuth from "next-auth";
import { authOptions } from "./options";

type Call = {
  method: "GET" | "POST";
  /** next-auth's own path: ["callback", "github"]. */
  path: readonly [action: string, provider: string];
  query?: Record<string, string>;
  body?: Record<string, string>;
  cookies: Record<string, string>;
  userAgent: string | null;
};

/**
 * One step of a sign-in. next-auth's interface for Node's requests is used, because the other one
 * reads Next's own store of the current request: so everything it knows is in `call`.
 */
export async function runNextAuth({ path, userAgent, query, body, ...call }: Call) {
  const request = {
    ...call,
    headers: {},
    body: body ?? {},
    query: { ...query, nextauth: [...path] },
  };
  const answer = new Answer();
  await NextAuth(
    request as unknown as NextApiRequest,
    answer as unknown as NextApiResponse,
    authOptions({ method: path[1], userAgent }),
  );
  return answer;
}

/** As much of Node's response as next-auth uses (next/index.js: NextAuthApiHandler). */
class Answer {
  readonly #headers = new Map<string, string | string[]>();

  status() {
    return this;
  }
  getHeader(name: string) {
    return this.#headers.get(name.toLowerCase());
  }
  setHeader(name: string, value: string | string[]) {
    this.#headers.set(name.toLowerCase(), value);
    return this;
  }
  end() {
    return this;
  }
  send() {
    return this;
  }
  json() {
    return this;
  }

  /** Where next-auth sends the browser; null when it has refused to do anything. */
  get location(): string | null {
    const location = this.getHeader("location");
    return typeof location === "string" ? location : null;
  }
  get setCookies(): string[] {
    return [this.getHeader("set-cookie") ?? []].flat();
  }
}

import { NextRequest } from "next/server";
import { authCookies } from "./cookies";
import { type CurrentSession, findSession } from "./sessions";

/** What a request says of the browser that sent it. */
export function readBrowser(request: Request) {
  const { cookies } = new NextRequest(request.url, { headers: request.headers });
  const jar = Object.fromEntries(cookies.getAll().map(({ name, value }) => [name, value]));
  return {
    cookies: jar,
    sessionToken: jar[authCookies().sessionToken.name] ?? null,
    userAgent: request.headers.get("user-agent"),
  };
}

export async function sessionOf(request: Request): Promise<CurrentSession | null> {
  const { sessionToken } = readBrowser(request);
  return sessionToken ? findSession(sessionToken) : null;
}

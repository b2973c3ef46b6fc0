import { env } from "@/lib/core/env";
import { isRefusal, refusalOf, type SignInRefusal } from "./refusals";

/** 303: whatever the request was, the browser goes there by GET. */
export function redirectTo(location: string, setCookies: readonly string[] = []): Response {
  const headers = new Headers({ location, "cache-control": "no-store" });
  for (const cookie of setCookies) headers.append("set-cookie", cookie);
  return new Response(null, { status: 303, headers });
}

/** The page that told somebody to sign in, and where they wanted to go from there. */
export type Origin = { page: "/sign-in" | "/account"; callbackPath: string };

export function redirectToRefusal(
  error: SignInRefusal,
  { page, callbackPath }: Origin,
  setCookies: readonly string[] = [],
): Response {
  const query = new URLSearchParams({ error });
  if (page === "/sign-in" && callbackPath !== "/") query.set("callbackUrl", callbackPath);
  return redirectTo(`${page}?${query}`, setCookies);
}

type Answer = { location: string | null; setCookies: string[] };

/**
 * Follows next-auth, except to its own pages: those do not exist here. What they would have said
 * becomes a refusal on the page that was started from.
 */
export function redirectAs({ location, setCookies }: Answer, origin: Origin): Response {
  if (location === null) return redirectToRefusal("failed", origin, setCookies);
  const site = new URL(env().APP_URL).origin;
  const url = new URL(location, site);
  const error = url.searchParams.get("error");
  if (url.origin !== site) return redirectTo(location, setCookies);
  if (url.pathname === "/sign-in" && isRefusal(error)) {
    return redirectToRefusal(error, origin, setCookies);
  }
  if (!url.pathname.startsWith("/api/auth/")) return redirectTo(location, setCookies);
  if (url.pathname.endsWith("/verify-request")) return redirectTo("/sign-in/sent", setCookies);
  return redirectToRefusal(refusalOf(error, origin.page), origin, setCookies);
}

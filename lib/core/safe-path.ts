import { env } from "./env";

/**
 * A path of this site that may be gone to after signing in, whatever was asked for: `value` comes
 * from URLs, forms and cookies. Anything that a browser could take for another host gives `/`.
 */
export function safePath(value: unknown): string {
  const base = new URL(env().APP_URL).origin;
  if (typeof value !== "string" || !URL.canParse(value, base)) return "/";
  const { origin, pathname, search } = new URL(value, base);
  // `blob:` has our origin and no path; `/.//evil.example` has a path that is an address.
  const isOurs = origin === base && /^\/(?!\/)/.test(pathname);
  // Pages only: nothing that answers with data, or starts another sign-in.
  return isOurs && !/^\/(api|sign-in)(\/|$)/.test(pathname) ? pathname + search : "/";
}

import { env } from "@/lib/core/env";

/**
 * Whether our own page made the browser send this. Scripts can set none of the three headers.
 * Browsers send Sec-Fetch-Site only to https and localhost, and no Origin with links.
 */
export function isSameOrigin({ headers }: Request): boolean {
  const site = headers.get("sec-fetch-site");
  if (site !== null) return site === "same-origin";
  const { origin } = new URL(env().APP_URL);
  const source = headers.get("origin") ?? headers.get("referer") ?? "";
  return source === origin || source.startsWith(`${origin}/`);
}

/** The answer to what another site's form or link has started. */
export const foreign = () =>
  new Response("Start this from a page of this site, not from elsewhere.\n", {
    status: 403,
    headers: { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store" },
  });

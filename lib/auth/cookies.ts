import { env } from "@/lib/core/env";

const NAMES = {
  sessionToken: "session",
  callbackUrl: "callback",
  csrfToken: "csrf",
  pkceCodeVerifier: "pkce",
  state: "state",
  nonce: "nonce",
} as const;

// How long somebody may take at the identity provider.
const CHECK_SECONDS = 900;

/**
 * Names and attributes of every cookie of the sign-in. Browsers accept the `__Host-` prefix only with
 * `Secure`, so plain http (a laptop, a lab network) gets the bare names.
 */
export function authCookies() {
  const secure = env().APP_URL.startsWith("https://");
  const options = { httpOnly: true, sameSite: "lax", path: "/", secure } as const;
  const cookie = (key: keyof typeof NAMES, more: { maxAge?: number } = {}) => ({
    name: `${secure ? "__Host-" : ""}plugfest.${NAMES[key]}`,
    options: { ...options, ...more },
  });
  return {
    sessionToken: cookie("sessionToken"),
    callbackUrl: cookie("callbackUrl"),
    csrfToken: cookie("csrfToken"),
    pkceCodeVerifier: cookie("pkceCodeVerifier", { maxAge: CHECK_SECONDS }),
    state: cookie("state", { maxAge: CHECK_SECONDS }),
    nonce: cookie("nonce", { maxAge: CHECK_SECONDS }),
  };
}

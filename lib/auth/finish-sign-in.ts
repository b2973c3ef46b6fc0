import { emailSchema } from "@/lib/core/email";
import { safePath } from "@/lib/core/safe-path";
import { readBrowser, sessionOf } from "./browser";
import { authCookies } from "./cookies";
import { runNextAuth } from "./next-auth";
import { MAIL_PROVIDER } from "./options";
import { listProviders } from "./providers";
import { redirectAs, redirectTo, redirectToRefusal } from "./redirects";
import { closeSession } from "./sessions";

/** Somebody comes back from a provider: to sign in, or, signed in already, to connect an identity. */
export async function finishAtProvider(request: Request, provider: string): Promise<Response> {
  if (!listProviders().some(({ id }) => id === provider)) return redirectTo("/sign-in");
  const { cookies, userAgent } = readBrowser(request);
  const query = Object.fromEntries(new URL(request.url).searchParams);
  const callbackPath = safePath(cookies[authCookies().callbackUrl.name]);
  const page = (await sessionOf(request)) ? "/account" : "/sign-in";
  // RFC 6749 4.1.2.1: they pressed "Cancel" there.
  if (query.error === "access_denied") {
    return redirectToRefusal("cancelled", { page, callbackPath });
  }
  const answer = await runNextAuth({
    method: "GET",
    path: ["callback", provider],
    query,
    cookies,
    userAgent,
  });
  return redirectAs(answer, { page, callbackPath });
}

/**
 * Uses a link up, from the form on its page: `token`, `email`, `callbackUrl`. The session that this
 * browser had before ends, whoever's it was.
 */
export async function finishByLink(request: Request, form: URLSearchParams): Promise<Response> {
  const { userAgent, sessionToken } = readBrowser(request);
  const callbackPath = safePath(form.get("callbackUrl"));
  const origin = { page: "/sign-in", callbackPath } as const;
  const email = emailSchema.safeParse(form.get("email"));
  const token = form.get("token");
  if (!email.success || token === null || !/^[0-9a-f]{64}$/.test(token)) {
    return redirectToRefusal("link-used", origin);
  }
  const answer = await runNextAuth({
    method: "POST",
    path: ["callback", MAIL_PROVIDER],
    query: { email: email.data, token, callbackUrl: callbackPath },
    cookies: {},
    userAgent,
  });
  const { name } = authCookies().sessionToken;
  const isIn = answer.setCookies.some((cookie) => cookie.startsWith(`${name}=`));
  if (isIn && sessionToken) await closeSession(sessionToken);
  return redirectAs(answer, origin);
}

import { createHash, randomBytes } from "node:crypto";
import { emailSchema } from "@/lib/core/email";
import { env } from "@/lib/core/env";
import { safePath } from "@/lib/core/safe-path";
import { sessionOf } from "./browser";
import { authCookies } from "./cookies";
import { runNextAuth } from "./next-auth";
import { MAIL_PROVIDER } from "./options";
import { listProviders } from "./providers";
import { type Origin, redirectAs, redirectTo, redirectToRefusal } from "./redirects";
import { mayReceiveLink } from "./sign-in-link";

// All of these start from a page of ours: the routes have checked that the request is same-origin.

/** Sends a link to the address in the form: the same answer whether or not anybody has it. */
export async function startByMail(form: URLSearchParams): Promise<Response> {
  const callbackPath = safePath(form.get("callbackUrl"));
  const origin = { page: "/sign-in", callbackPath } as const;
  const email = emailSchema.safeParse(form.get("email"));
  if (!email.success) return redirectToRefusal("address-invalid", origin);
  if (!(await mayReceiveLink(email.data))) return redirectTo("/sign-in/sent");
  return start(MAIL_PROVIDER, { email: email.data }, origin);
}

/** Sends the browser to a provider, to come back signed in. */
export async function startAtProvider(request: Request, provider: string): Promise<Response> {
  const callbackPath = safePath(new URL(request.url).searchParams.get("callbackUrl"));
  if (!isProvider(provider)) return redirectTo("/sign-in");
  // A second identity for somebody who is signed in is connected only where they ask for that.
  if (await sessionOf(request)) return redirectTo(callbackPath);
  return start(provider, {}, { page: "/sign-in", callbackPath });
}

/** Sends the browser to a provider, to come back with that identity connected to the account. */
export async function startConnecting(request: Request, provider: string): Promise<Response> {
  if (!(await sessionOf(request))) return redirectTo("/sign-in?callbackUrl=/account");
  if (!isProvider(provider)) return redirectTo("/account");
  return start(provider, {}, { page: "/account", callbackPath: "/account" });
}

const isProvider = (provider: string) => listProviders().some(({ id }) => id === provider);

/** The double-submit token that next-auth wants is made here, for this one call. */
async function start(provider: string, fields: { email?: string }, origin: Origin) {
  const csrfToken = randomBytes(32).toString("hex");
  const seal = createHash("sha256")
    .update(csrfToken + env().AUTH_SECRET)
    .digest("hex");
  const answer = await runNextAuth({
    method: "POST",
    path: ["signin", provider],
    body: { ...fields, csrfToken, callbackUrl: origin.callbackPath },
    cookies: { [authCookies().csrfToken.name]: `${csrfToken}|${seal}` },
    userAgent: null,
  });
  return redirectAs(answer, origin);
}

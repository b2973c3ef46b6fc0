import type { NextAuthOptions } from "next-auth";
import Email from "next-auth/providers/email";
import { emailSchema } from "@/lib/core/email";
import { env } from "@/lib/core/env";
import { logFailure } from "@/lib/core/log";
import { safePath } from "@/lib/core/safe-path";
import { authAdapter, type SignInMeans } from "./adapter";
import { authCookies } from "./cookies";
import { LINK_MINUTES, sendSignInLink } from "./mail";
import { type Identity, oauthProviders } from "./providers";
import { ABSOLUTE_MS, newSessionToken } from "./sessions";

export const MAIL_PROVIDER = "email";

/** How next-auth is set up, for one request. */
export function authOptions(means: SignInMeans): NextAuthOptions {
  return {
    secret: env().AUTH_SECRET,
    adapter: authAdapter(means),
    cookies: authCookies(),
    session: {
      strategy: "database",
      // Both the same: next-auth never prolongs, and the idle limit is ours (sessions.ts).
      maxAge: ABSOLUTE_MS / 1000,
      updateAge: ABSOLUTE_MS / 1000,
      generateSessionToken: newSessionToken,
    },
    providers: [mailLink(), ...oauthProviders()],
    callbacks: {
      redirect: ({ url, baseUrl }) => new URL(safePath(url), baseUrl).toString(),
      signIn: ({ account, profile }) =>
        account?.type !== "oauth" || mayComeIn(profile as Identity | undefined),
    },
    logger: {
      error: (code, metadata) =>
        logFailure(
          `sign-in: ${code}`,
          metadata instanceof Error ? metadata : metadata.error,
          "providerId" in metadata ? { provider: metadata.providerId as string } : {},
        ),
      warn: () => undefined,
    },
  };
}

const mailLink = () =>
  Email({
    maxAge: LINK_MINUTES * 60,
    normalizeIdentifier: (text) => emailSchema.parse(text),
    sendVerificationRequest: ({ identifier, token, url }) => {
      const callbackPath = safePath(new URL(url).searchParams.get("callbackUrl"));
      return sendSignInLink({ email: identifier, token, callbackPath });
    },
  });

/** True, or the page that says why not. */
const mayComeIn = (identity: Identity | undefined): true | string => {
  if (identity?.isEmailVerified !== true) return "/sign-in?error=email-unverified";
  return emailSchema.safeParse(identity.email).success || "/sign-in?error=email-unusable";
};

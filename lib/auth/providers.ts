import type { OAuthConfig } from "next-auth/providers/oauth";
import { emailSchema } from "@/lib/core/email";
import { type Env, env } from "@/lib/core/env";
import type { WithIdentity } from "./adapter";

/** What every provider is brought to: who it is there, and the address it vouches for. */
export type Identity = {
  subject: string;
  /** Empty when it is not told, as the address. */
  name: string;
  email: string;
  isEmailVerified: boolean;
};

type Profile = Identity & Record<string, unknown>;
type Endpoint = Env["OIDC_PROVIDERS"][number];

/** The ways in besides the mail link, in the order of the sign-in page. */
export const listProviders = (): { id: string; name: string }[] =>
  oauthProviders().map(({ id, name }) => ({ id, name }));

export function oauthProviders(): OAuthConfig<Profile>[] {
  const { GITHUB_CLIENT_ID, GITHUB_CLIENT_SECRET, GITLAB_CLIENT_ID, GITLAB_CLIENT_SECRET } = env();
  return [
    ...keyed(GITHUB_CLIENT_ID, GITHUB_CLIENT_SECRET).map(gitHub),
    ...keyed(GITLAB_CLIENT_ID, GITLAB_CLIENT_SECRET).map((key) =>
      openId({ id: "gitlab", name: "GitLab", issuer: env().GITLAB_URL, ...key }),
    ),
    ...env().OIDC_PROVIDERS.map(openId),
  ];
}

type Key = { clientId: string; clientSecret: string };

const keyed = (clientId: string | undefined, clientSecret: string | undefined): Key[] =>
  clientId && clientSecret ? [{ clientId, clientSecret }] : [];

// openid-client's own 3.5 s are little for a provider that wakes up.
const HTTP = { timeout: 10_000 };

/** OpenID Connect with discovery: GitLab, Keycloak, and whatever else speaks it. */
function openId({ id, name, issuer, clientId, clientSecret }: Endpoint): OAuthConfig<Profile> {
  return {
    id,
    name,
    type: "oauth",
    wellKnown: `${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`,
    clientId,
    clientSecret,
    authorization: { params: { scope: "openid email profile" } },
    idToken: true,
    checks: ["pkce", "state", "nonce"],
    httpOptions: HTTP,
    userinfo: {
      request: async ({ client, tokens }) => {
        // Not a plain object of ours: openid-client's TokenSet, whose claims are verified.
        const verified = tokens as typeof tokens & { claims(): OpenIdClaims };
        const claims = verified.claims();
        // The specification lets a provider tell the address only here (OpenID Connect Core 5.4).
        const isTold = claims.email !== undefined || !client.issuer.metadata.userinfo_endpoint;
        const more = isTold ? {} : await client.userinfo<OpenIdClaims>(verified as never);
        return identityOfClaims({ ...more, ...claims });
      },
    },
    profile: (profile) => userOf(id, profile),
  };
}

export type OpenIdClaims = {
  sub: string;
  name?: string;
  preferred_username?: string;
  email?: string;
  email_verified?: boolean | string;
};

/** OpenID Connect Core 5.1. Some providers write the boolean as text. */
export const identityOfClaims = (claims: OpenIdClaims): Profile => ({
  subject: claims.sub,
  name: claims.name ?? claims.preferred_username ?? "",
  email: claims.email ?? "",
  isEmailVerified: claims.email_verified === true || claims.email_verified === "true",
  sub: claims.sub,
});

/** GitHub speaks OAuth without OpenID: who it is, and the addresses, are asked for separately. */
function gitHub({ clientId, clientSecret }: Key): OAuthConfig<Profile> {
  const { GITHUB_URL } = env();
  // An Enterprise server has its API below its own name.
  const api =
    GITHUB_URL === "https://github.com" ? "https://api.github.com" : `${GITHUB_URL}/api/v3`;
  return {
    id: "github",
    name: "GitHub",
    type: "oauth",
    clientId,
    clientSecret,
    // GitHub names itself in its answer (RFC 9207).
    issuer: `${GITHUB_URL}/login/oauth`,
    authorization: {
      url: `${GITHUB_URL}/login/oauth/authorize`,
      params: { scope: "read:user user:email" },
    },
    token: `${GITHUB_URL}/login/oauth/access_token`,
    checks: ["pkce", "state"],
    httpOptions: HTTP,
    userinfo: {
      url: `${api}/user`,
      request: async ({ tokens }) => {
        const ask = <T>(path: string) => askGitHub<T>(`${api}${path}`, tokens.access_token ?? "");
        const [user, emails] = await Promise.all([
          ask<GitHubUser>("/user"),
          ask<GitHubEmail[]>("/user/emails"),
        ]);
        return identityOfGitHub(user, emails);
      },
    },
    profile: (profile) => userOf("github", profile),
  };
}

async function askGitHub<T>(url: string, token: string): Promise<T> {
  const response = await fetch(url, {
    headers: { accept: "application/vnd.github+json", authorization: `Bearer ${token}` },
    signal: AbortSignal.timeout(HTTP.timeout),
  });
  if (!response.ok) throw new Error(`GitHub answered ${response.status} to ${url}.`);
  return (await response.json()) as T;
}

export type GitHubUser = { id: number; login: string; name: string | null };
export type GitHubEmail = { email: string; primary: boolean; verified: boolean };

/** Only the primary address counts: the others may be anybody's idea of a second name. */
export function identityOfGitHub(user: GitHubUser, emails: readonly GitHubEmail[]): Profile {
  const primary = emails.find((email) => email.primary);
  return {
    subject: String(user.id),
    name: user.name ?? user.login,
    email: primary?.email ?? "",
    isEmailVerified: primary?.verified ?? false,
    sub: String(user.id),
  };
}

const CONTROL = /\p{Cc}/gu;

function userOf(provider: string, { subject, name, email }: Profile) {
  const parsed = emailSchema.safeParse(email);
  const identity: WithIdentity["identity"] = { provider, providerAccountId: subject };
  return {
    id: subject,
    name: name.replace(CONTROL, "").toWellFormed().trim().slice(0, 80) || null,
    email: parsed.success ? parsed.data : null,
    identity,
  };
}

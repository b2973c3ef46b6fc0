// Identity providers on loopback: certified OpenID Connect servers, not imitations.
import { randomBytes } from "node:crypto";
import Provider from "oidc-provider";
import { listen } from "./listen.mjs";

/**
 * An OpenID provider that signs in whoever types a name. `claimsOf` says what it vouches for.
 * @param {{ redirectUri: string, claimsOf(subject: string): object }} options
 */
export async function startOpenId({ redirectUri, claimsOf }) {
  const client = { clientId: "plugfest", clientSecret: randomBytes(16).toString("hex") };
  const { url, stop } = await listen((issuer) =>
    new Provider(issuer, {
      clients: [
        {
          client_id: client.clientId,
          client_secret: client.clientSecret,
          redirect_uris: [redirectUri],
        },
      ],
      claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name"] },
      findAccount: (_context, subject) => ({
        accountId: subject,
        claims: () => ({ sub: subject, ...claimsOf(subject) }),
      }),
      pkce: { required: () => true },
      cookies: { keys: [randomBytes(16).toString("hex")] },
      ttl: { Interaction: 600, Session: 600, Grant: 600, AccessToken: 600, IdToken: 600 },
    }).callback(),
  );
  return { ...client, issuer: url, stop };
}

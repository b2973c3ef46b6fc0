import { startSite } from "@/lib/start/site.mjs";
import { startGitHub } from "@/tests/setup/git-hub.mjs";
import { startOpenId } from "@/tests/setup/identity-providers.mjs";
import { startMailServer } from "@/tests/setup/mail-server";
import { readSite } from "@/tests/setup/site";

const PORT = 3191;

/**
 * A second instance on the journeys' database, with every way in: a mail server, two OpenID providers
 * and GitHub, all on loopback. The first instance has none of them.
 */
export async function startSignInSite() {
  const url = `http://localhost:${PORT}`;
  const openId = (id: string) =>
    startOpenId({
      redirectUri: `${url}/api/auth/callback/${id}`,
      claimsOf: (subject) => ({
        name: subject,
        // "twin" has the same address at both; everybody else one of their own at each.
        email: subject === "twin" ? "twin@example.org" : `${subject}@${id}.example`,
        email_verified: subject !== "unverified",
      }),
    });
  const [mails, north, south, gitHub] = await Promise.all([
    startMailServer(),
    openId("north"),
    openId("south"),
    startGitHub({
      user: { id: 583231, login: "octocat", name: null },
      emails: [
        { email: "octocat@users.noreply.example", primary: false, verified: true },
        { email: "Octocat@GitHub.example", primary: true, verified: true },
      ],
    }),
  ]);
  const provider = (
    id: string,
    name: string,
    { issuer, clientId, clientSecret }: typeof north,
  ) => ({
    id,
    name,
    issuer,
    clientId,
    clientSecret,
  });
  const site = await startSite({
    port: PORT,
    listen: "127.0.0.1",
    env: {
      ...readSite().env,
      APP_URL: url,
      SMTP_URL: mails.url,
      MAIL_FROM: "Plugfest <plugfest@example.org>",
      OIDC_PROVIDERS: JSON.stringify([
        provider("north", "North", north),
        provider("south", "South", south),
      ]),
      GITHUB_URL: gitHub.url,
      GITHUB_CLIENT_ID: gitHub.clientId,
      GITHUB_CLIENT_SECRET: gitHub.clientSecret,
    },
  });
  return {
    url,
    mailTo: mails.mailTo,
    stopSouth: south.stop,
    stop: async () => {
      await site.stop();
      await Promise.all([mails.stop(), north.stop(), south.stop(), gitHub.stop()]);
    },
  };
}

import { env } from "@/lib/core/env";
import { postMail } from "@/lib/mails/write";
import { confirmUrl } from "./sign-in-link";

export const LINK_MINUTES = 10;

type Link = { email: string; token: string; callbackPath: string };

/** Sends a sign-in link. Without a mail server it stands in the outbox and in the server's log. */
export async function sendSignInLink({ email, token, callbackPath }: Link): Promise<void> {
  const url = confirmUrl({ email, token, callbackPath });
  const site = new URL(env().APP_URL).host;
  await postMail({
    recipient: email,
    subject: `Your link to sign in at ${site}`,
    text: [
      `Open this link within ${LINK_MINUTES} minutes and press the button to sign in at ${site}:`,
      "",
      url,
      "",
      "It works once. If you did not ask for it, ignore this mail: nobody can sign in without it.",
      "",
    ].join("\n"),
    expiresAt: new Date(Date.now() + LINK_MINUTES * 60_000),
  });
  if (env().SMTP_URL === undefined) {
    process.stdout.write(
      `No mail server is set up (SMTP_URL). Sign-in link for ${email}, once, within ${LINK_MINUTES} minutes:\n  ${url}\n`,
    );
  }
}

import { createHash, randomBytes } from "node:crypto";
import { emailSchema } from "@/lib/core/email";
import { env } from "@/lib/core/env";
import { safePath } from "@/lib/core/safe-path";
import { db } from "@/lib/db/client";

const HOUR_MS = 3_600_000;
// So many unused links an address may have at a time: nobody's mailbox is flooded from here.
const LINKS_AT_A_TIME = 5;

/** The page that asks for one more click. Fetching it, as mail scanners do, uses nothing up. */
export function confirmUrl(link: { token: string; email: string; callbackPath: string }): string {
  const url = new URL("/sign-in/confirm", env().APP_URL);
  url.searchParams.set("token", link.token);
  url.searchParams.set("email", link.email);
  if (link.callbackPath !== "/") url.searchParams.set("callbackUrl", link.callbackPath);
  return url.toString();
}

/**
 * A link that signs in once, made without a mail: for the operator's command. The person's account is
 * made when the link is used. Throws a ZodError when `email` is no address.
 */
export async function createSignInLink(wanted: {
  email: string;
  hours: number;
  callbackPath?: string;
}): Promise<string> {
  const email = emailSchema.parse(wanted.email);
  const token = randomBytes(32).toString("hex");
  await db.verificationToken.create({
    data: {
      identifier: email,
      // As next-auth computes it (core/lib/utils.js: hashToken).
      token: createHash("sha256")
        .update(token + env().AUTH_SECRET)
        .digest("hex"),
      expires: new Date(Date.now() + wanted.hours * HOUR_MS),
    },
  });
  return confirmUrl({ token, email, callbackPath: safePath(wanted.callbackPath ?? "/") });
}

/** Whether one more link may be sent to this address now. Forgets the links that have expired. */
export async function mayReceiveLink(email: string, now = new Date()): Promise<boolean> {
  const [, waiting] = await db.$transaction([
    db.verificationToken.deleteMany({ where: { expires: { lte: now } } }),
    db.verificationToken.count({ where: { identifier: email } }),
  ]);
  return waiting < LINKS_AT_A_TIME;
}

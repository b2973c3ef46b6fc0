import { createHmac, randomBytes } from "node:crypto";

/** What an invitation's link ends in: 160 random bits in base64url. */
export const newInvitationToken = (): string => randomBytes(20).toString("base64url");

/** What is stored of it: HMAC-SHA-256 under the site's secret, looked up by equality. */
export const hashInvitationToken = (token: string, siteSecret: string): Buffer =>
  createHmac("sha256", `invitation:${siteSecret}`).update(token).digest();

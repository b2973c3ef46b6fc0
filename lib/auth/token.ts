import { createHmac, randomBytes } from "node:crypto";
import { crc32 } from "node:zlib";

const DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const FORM = /^pf_agt_([0-9A-Za-z]{27})_([0-9A-Za-z]{6})$/;

function base62(value: bigint, width: number): string {
  let rest = value;
  let text = "";
  while (text.length < width) {
    text = (DIGITS[Number(rest % 62n)] ?? "") + text;
    rest /= 62n;
  }
  return text;
}

const checksum = (secret: string) => base62(BigInt(crc32(secret)), 6);

/** A new agent token: 160 random bits and their CRC32, so that a typo is told without a query. */
export function newAgentToken(): string {
  const secret = base62(BigInt(`0x${randomBytes(20).toString("hex")}`), 27);
  return `pf_agt_${secret}_${checksum(secret)}`;
}

/** Whether the text has an agent token's form and checksum. Says nothing about who holds it. */
export function isAgentToken(text: string): boolean {
  const [, secret, sum] = FORM.exec(text) ?? [];
  return secret !== undefined && sum === checksum(secret);
}

/** What is stored of a token: HMAC-SHA-256 under the site's secret, looked up by equality. */
export const hashToken = (token: string, siteSecret: string): Buffer =>
  createHmac("sha256", `agent-token:${siteSecret}`).update(token).digest();

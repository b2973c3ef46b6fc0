import { createCipheriv, createDecipheriv, createHash, randomBytes } from "node:crypto";
import { deflateRawSync, inflateRawSync } from "node:zlib";
import * as z from "zod";
import { env } from "@/lib/core/env";

// What one page has to tell the next one travels in its address, and neither a log nor a history may
// read it there, nor anybody write it: AES-256-GCM under the site's secret, for one person.

const LIFETIME_MS = 10 * 60_000;
const IV_BYTES = 12;
const TAG_BYTES = 16;
/** Whatever is sealed came from a form of ours: anything that unpacks to more is not. */
const UNPACKED_BYTES = 262_144;

const key = () => createHash("sha256").update(`sealed:${env().AUTH_SECRET}`).digest();
const envelopeSchema = z.object({ until: z.number(), what: z.unknown() });

export function seal(what: unknown, reader: string, now = Date.now()): string {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv("aes-256-gcm", key(), iv).setAAD(Buffer.from(reader));
  const text = JSON.stringify({ until: now + LIFETIME_MS, what });
  const body = Buffer.concat([cipher.update(deflateRawSync(text)), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), body]).toString("base64url");
}

/** What was sealed for this reader less than ten minutes ago; null for anything else. */
export function unseal<T>(
  schema: z.ZodType<T>,
  { sealed, reader }: { sealed: unknown; reader: string },
  now = Date.now(),
): T | null {
  if (typeof sealed !== "string") return null;
  const text = open(Buffer.from(sealed, "base64url"), reader);
  if (text === null) return null;
  const { until, what } = envelopeSchema.parse(JSON.parse(text));
  return until > now ? schema.parse(what) : null;
}

function open(bytes: Buffer, reader: string): string | null {
  if (bytes.length <= IV_BYTES + TAG_BYTES) return null;
  const tagAt = IV_BYTES + TAG_BYTES;
  const decipher = createDecipheriv("aes-256-gcm", key(), bytes.subarray(0, IV_BYTES), {
    authTagLength: TAG_BYTES,
  })
    .setAAD(Buffer.from(reader))
    .setAuthTag(bytes.subarray(IV_BYTES, tagAt));
  const packed = decipher.update(bytes.subarray(tagAt));
  try {
    decipher.final();
  } catch {
    // Not ours, not for this reader, or not whole: which of them is nobody's business.
    return null;
  }
  return inflateRawSync(packed, { maxOutputLength: UNPACKED_BYTES }).toString();
}

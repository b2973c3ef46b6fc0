import { Refusal } from "@/lib/core/refusal";

/** How long an Idempotency-Key is remembered. */
export const KEPT_MS = 24 * 3_600_000;
/** A request that has not been answered for so long was cut off: its key may be used again. */
export const CUT_OFF_MS = 60_000;

/** An answer as it went out. */
export type KeptAnswer = { status: number; text: string };

/** The header's value; null where there is none. */
export function keyIn(header: string | null): string | null {
  if (header === null) return null;
  const key = header.trim();
  if (/^[\x21-\x7e]{1,255}$/.test(key)) return key;
  throw new Refusal("malformed", "An Idempotency-Key is 1 to 255 visible ASCII characters.");
}

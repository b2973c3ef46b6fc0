import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import { env } from "@/lib/core/env";
import { TryLater } from "./later";

// Per process and in memory: several instances of the site allow as many times more.

/** What is counted: by token, and for anonymous readers by address. */
const BUCKETS = ["requests", "items", "signals", "reads"] as const;
export type Bucket = (typeof BUCKETS)[number];
const WINDOW_S = 60;

const WHAT = {
  requests: "requests of one token",
  items: "items of one token",
  signals: "heartbeats and finished runs of one token",
  reads: "requests from one address without a token",
} as const satisfies Record<Bucket, string>;

type Limiters = Record<Bucket, RateLimiterMemory | null>;
const kept = globalThis as unknown as { plugfestLimits?: Limiters };

function limiters(): Limiters {
  kept.plugfestLimits ??= makeLimiters();
  return kept.plugfestLimits;
}

function makeLimiters(): Limiters {
  const { RATE_LIMITS, RATE_LIMIT_REQUESTS, RATE_LIMIT_ITEMS, RATE_LIMIT_READS } = env();
  const of = (points: number) =>
    RATE_LIMITS === "off" || points === 0
      ? null
      : new RateLimiterMemory({ points, duration: WINDOW_S });
  return {
    requests: of(RATE_LIMIT_REQUESTS),
    items: of(RATE_LIMIT_ITEMS),
    signals: of(RATE_LIMIT_REQUESTS),
    reads: of(RATE_LIMIT_READS),
  };
}

/**
 * Takes `points` out of a bucket, and says in `headers` what is left (draft-ietf-httpapi-ratelimit-headers).
 * Throws TryLater when there is not so much. Does nothing where the limit is off.
 */
export async function spend(
  headers: Headers,
  bucket: Bucket,
  { key, points = 1 }: { key: string; points?: number },
): Promise<void> {
  const limiter = limiters()[bucket];
  if (!limiter) return;
  const { left, msBeforeNext, isSpent } = await take(limiter, key, points);
  const afterS = Math.max(1, Math.ceil(msBeforeNext / 1000));
  headers.append("ratelimit-policy", `"${bucket}";q=${limiter.points};w=${WINDOW_S}`);
  headers.append("ratelimit", `"${bucket}";r=${left};t=${afterS}`);
  if (!isSpent) return;
  const allowed = `${limiter.points.toLocaleString("en")} ${WHAT[bucket]} in ${WINDOW_S} s`;
  throw new TryLater(
    429,
    `That is more than ${allowed}. Wait ${afterS} s, then send it again.`,
    afterS,
  );
}

async function take(limiter: RateLimiterMemory, key: string, points: number) {
  try {
    const { remainingPoints: left, msBeforeNext } = await limiter.consume(key, points);
    return { left, msBeforeNext, isSpent: false };
  } catch (error) {
    if (!(error instanceof RateLimiterRes)) throw error;
    // What was refused is given back: else whoever asks too early would never be let in again.
    const { consumedPoints, msBeforeNext } = await limiter.reward(key, points);
    return { left: Math.max(0, limiter.points - consumedPoints), msBeforeNext, isSpent: true };
  }
}

/** Where a request comes from, as the nearest proxy tells it; Next puts the socket's own address there. */
export function addressOf({ headers }: Request): string {
  const hops = headers.get("x-forwarded-for")?.split(",") ?? [];
  return hops.at(-1)?.trim() || "unknown";
}

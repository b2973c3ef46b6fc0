type Arrival = {
  planned: readonly string[];
  arrived: readonly string[];
  /** Distinct ids that the agent holds as accepted; undefined until it has finished. */
  held: number | undefined;
  accepted: number;
};

/** What a receipt names as missing: planned tests that never came, then a difference in numbers. */
export function missingOf({ planned, arrived, held, accepted }: Arrival): string[] {
  const there = new Set(arrived);
  const tests = planned.filter((test) => !there.has(test));
  const short = held === undefined ? 0 : held - accepted;
  if (short <= 0) return tests;
  return [...tests, `${short} of the ${held} items that the agent holds as accepted`];
}

/** An open run that has been silent for so long will not go on. */
const SILENT_MS = 30 * 60_000;

type Plan = { items?: number | undefined; tests: readonly string[] };

/** How many items a run is to have: the number it told, or one for each test it named. */
export function plannedItems(plan: Plan | undefined): number | null {
  if (plan === undefined) return null;
  if (plan.items !== undefined) return plan.items;
  return plan.tests.length > 0 ? plan.tests.length : null;
}

type Progress = {
  planned: number | null;
  accepted: number;
  state: "open" | "complete" | "aborted";
  /** When it was declared, or its last batch came. */
  lastAt: Date;
};

/** Whether a run has stopped short of its plan. */
export function isTruncated({ planned, accepted, state, lastAt }: Progress, now: Date): boolean {
  const isOver = state !== "open" || now.getTime() - lastAt.getTime() > SILENT_MS;
  return planned !== null && isOver && accepted < planned;
}

/** `startedAt` may be at most this far ahead of the server. */
export const AHEAD_MS = 24 * 3_600_000;
/** Older than this is accepted, and marked as backfilled. */
export const BACKFILLED_MS = 7 * 24 * 3_600_000;

/** The fault of a manifest that starts later than `limit`, in milliseconds since 1970. */
export const unfit = ({ startedAt }: { startedAt: string }, limit: number) =>
  Date.parse(startedAt) > limit
    ? {
        pointer: "/startedAt",
        code: "in_the_future",
        message: "More than 24 hours ahead of the server's clock.",
      }
    : null;

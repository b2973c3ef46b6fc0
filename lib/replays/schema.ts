import type { Grid, ShownCell } from "@/lib/matrices/schema";

/** A moment at which something changed: the position just after it, and when that was, in ms since 1970. */
export type Step = [position: string, at: number];

/** Where a change is drawn; `told` is null for what its entries have not agreed to show. */
export type ReplayPlace = {
  /** Which of the grids. */
  grid: number;
  row: number;
  column: number | null;
  test: number;
  told: Pick<ShownCell, "id" | "variant" | "others"> | null;
};

/** What a cell says, without what is different nearly every time. */
export type ReplaySaid = Pick<ShownCell, "state" | "outcome" | "sides" | "sidesOf" | "overlays">;

/**
 * At step `step` the place says `said`, or nothing where that is null; then `attempts` and `latestAt` (ms
 * since 1970) mean nothing either.
 */
export type Change = [
  step: number,
  place: number,
  said: number | null,
  attempts: number,
  latestAt: number | null,
];

/** From a step on, what is counted of a grid's cells, withheld ones among them. */
export type ReplayProgress = [
  step: number,
  grid: number,
  executed: number,
  confirmed: number,
  passed: number,
];

/** All that happened in a track's matrix, as numbers: small enough to be sent once and folded in the browser. */
export type Replay = {
  eventSlug: string;
  trackSlug: string;
  /** The grids without cells, on the axes of all moments, so that nothing moves. */
  frames: Grid[];
  steps: Step[];
  places: ReplayPlace[];
  said: ReplaySaid[];
  /** In the order of their steps. */
  changes: Change[];
  progress: ReplayProgress[];
};

/** A day on which something changed, and the position at its end. */
export type ReplayDay = { day: string; position: string };

export type ReplayPage = {
  roleLabels: Record<string, string>;
  /** The event's zone, in which its days begin. */
  zone: string;
  days: ReplayDay[];
} & (
  | { told: "all"; replay: Replay }
  /** More than a page should carry: whole days can still be looked at, one at a time. */
  | { told: "days" }
);

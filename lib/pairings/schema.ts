import type { CellState } from "@/lib/cells/schema";
import type { Outcome } from "@/lib/results/schema";

/** A track as those who play in it see it: its tests, and who could be a partner. */
export type PlayedTrack = {
  id: string;
  slug: string;
  title: string;
  restricted: boolean;
  roles: { key: string; label: string }[];
  tests: PlayedTest[];
  players: Player[];
};
export type PlayedTest = {
  id: string;
  key: string;
  title: string;
  level: "must" | "should" | "may";
  directional: boolean;
  roles: { key: string; min: number; max: number }[];
  variants: Record<string, string[]>;
};
export type Player = {
  id: string;
  slug: string;
  name: string;
  kind: "participant" | "helper" | "tool";
  plays: string[];
  isOwn: boolean;
  currentBuildId: string | null;
  /** Labels, the current one first. */
  builds: string[];
};

/** A cell with an entry of the reader's among its parties. */
export type OwnCell = {
  id: string;
  trackId: string;
  testId: string;
  variant: Record<string, string>;
  /** Entries by id. */
  parties: { role: string; entry: string }[];
  state: Exclude<CellState, "notApplicable">;
  outcome: Outcome | null;
  /** entry id -> build id */
  tested: Record<string, string>;
};

type Named = { slug: string; name: string };
type Titled = { slug: string; title: string };

/** Somebody to meet in a track, and how much the two have not tried. */
export type Partner = { track: Titled; entry: Named; open: number; must: number };

/** A cell that wants another look: what failed runs on another build now, or the sides contradict each other. */
export type Recheck = {
  cellId: string;
  track: Titled;
  test: { key: string; title: string };
  /** The other parties' names. */
  others: string[];
  outcome: Outcome | null;
  /** Who runs another build than the one tested, and which. */
  moved: { name: string; build: string }[];
};

export type TrackProgress = {
  track: Titled;
  possible: number;
  executed: number;
  confirmed: number;
  passed: number;
};

/** What an entry could do next, the most useful first. */
export type NextSteps = {
  entry: Named;
  disputed: Recheck[];
  retests: Recheck[];
  partners: Partner[];
  progress: TrackProgress[];
};

/** What a person chooses from to log a result in a track. */
export type LogChoices = {
  zone: string;
  track: PlayedTrack;
  /** What there is already with an entry of the reader's. */
  cells: OwnCell[];
};
export type Seat = { role: string; entry: string };

/** The tracks in which an entry of the reader's plays. */
export type OwnTracks = (Titled & { entries: Named[] })[];

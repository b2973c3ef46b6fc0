import { cellIdOf } from "@/lib/cells/write/cell-id";
import type { Fault } from "@/lib/core/refusal";
import { defaultParties, type RunRow } from "@/lib/runs/read";
import { AHEAD_MS, BACKFILLED_MS } from "@/lib/runs/rules";
import {
  type Directory,
  type DirectoryTrack,
  itemProblem,
  type Judged,
  judging,
  type Reporter,
} from "../rules";
import type { ItemInput, PartyInput } from "../schema";
import type { Parsed, Rejected } from "./parse";

/** An item that may be stored. */
export type Accepted = Judged & {
  at: number;
  item: ItemInput;
  /** SHA-256 in hexadecimal digits: what "same content" means. */
  digest: string;
  /** Milliseconds since 1970. */
  startedAt: number;
  cellId: string | null;
  backfilled: boolean;
  late: boolean;
};

type Setting = {
  directory: Directory;
  track: DirectoryTrack;
  defaults: readonly PartyInput[];
  reporter: Reporter;
  isReview: boolean;
  now: number;
};

/** What a batch of a run is judged by, now. */
export function settingOf(
  run: RunRow,
  directory: Directory,
  { entryId, isReview }: { entryId: string | null; isReview: boolean },
): Setting {
  const track = directory.tracks.get(run.track);
  if (!track) throw new Error(`No track ${run.track}`);
  const reporter = { entryId };
  return { directory, track, defaults: defaultParties(run), reporter, isReview, now: Date.now() };
}

/** Judges what parsed against the event's names and clock. */
export function resolveItems(
  setting: Setting,
  parsed: readonly Parsed[],
): { good: Accepted[]; bad: Rejected[] } {
  const good: Accepted[] = [];
  const bad: Rejected[] = [];
  const judge = judging(setting, setting.reporter);
  const cellIds = new Map<Judged, string | null>();
  for (const { at, item, digest } of parsed) {
    const startedAt = Date.parse(item.startedAt);
    const judged = timeFault(setting, startedAt) ?? judge(item);
    if ("code" in judged) {
      bad.push({ at, id: item.id, problem: itemProblem(at, judged) });
      continue;
    }
    const { parties, placement } = judged;
    const cellId = cellIds.get(judged) ?? cellIdOf(judged);
    cellIds.set(judged, cellId);
    const backfilled = setting.now - startedAt > BACKFILLED_MS;
    const late = setting.isReview;
    good.push({ at, item, digest, startedAt, parties, placement, cellId, backfilled, late });
  }
  return { good, bad };
}

/** `startedAt` in milliseconds since 1970. */
function timeFault({ now, isReview, directory }: Setting, startedAt: number): Fault | null {
  const pointer = "/startedAt";
  if (startedAt > now + AHEAD_MS) {
    return {
      pointer,
      code: "in_the_future",
      message: "More than 24 hours ahead of the server's clock.",
    };
  }
  if (!isReview) return null;
  const ended = directory.testingEndedAt;
  if (ended && startedAt < ended.getTime()) return null;
  return {
    pointer,
    code: "wrong_phase",
    message: "Testing is over: in review only what started before its end is accepted.",
  };
}

import { hash } from "node:crypto";
import { cellIdOf } from "@/lib/cells/write/cell-id";
import { BrokenLine } from "@/lib/core/broken-line";
import { faultsOf } from "@/lib/core/faults";
import type { Fault } from "@/lib/core/refusal";
import { defaultParties, type RunRow } from "@/lib/runs/read";
import { AHEAD_MS, BACKFILLED_MS } from "@/lib/runs/rules";
import {
  type Directory,
  type DirectoryTrack,
  itemProblem,
  type Judged,
  judgeItem,
  type Reporter,
} from "../rules";
import { type ItemInput, type ItemProblem, itemSchema, type PartyInput } from "../schema";

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
export type Parsed = { at: number; item: ItemInput; digest: string };
export type Rejected = { at: number; id: string | null; problem: ItemProblem };

/** Each item by itself: a bad one never loses the good ones beside it. */
export function parseItems(
  items: readonly unknown[],
  runId: string,
): { good: Parsed[]; bad: Rejected[] } {
  const good: Parsed[] = [];
  const bad: Rejected[] = [];
  for (const [at, raw] of items.entries()) {
    if (raw instanceof BrokenLine) {
      const message = `This line is no JSON: ${raw.reason}`;
      const broken = { pointer: "", code: "malformed", message };
      bad.push({ at, id: null, problem: itemProblem(at, broken) });
      continue;
    }
    const parsed = itemSchema.safeParse(raw);
    if (parsed.success) {
      // Parsing has ordered every key: equal content has equal bytes.
      const digest = hash("sha256", runId + JSON.stringify(parsed.data));
      good.push({ at, item: parsed.data, digest });
    } else {
      const fault = faultsOf(parsed.error)[0] ?? {
        pointer: "",
        code: "invalid",
        message: "Not an item.",
      };
      bad.push({ at, id: idOf(raw), problem: itemProblem(at, fault) });
    }
  }
  return { good, bad };
}

/** The id as sent, for the answer; whatever it is, it is told back and stored nowhere. */
function idOf(raw: unknown): string | null {
  if (typeof raw !== "object" || raw === null || !("id" in raw)) return null;
  return typeof raw.id === "string" ? raw.id.slice(0, 64).toWellFormed() : null;
}

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
  const cellIds = new Map<string, string>();
  for (const { at, item, digest } of parsed) {
    const startedAt = Date.parse(item.startedAt);
    const judged = timeFault(setting, startedAt) ?? judgeItem(setting, item, setting.reporter);
    if ("code" in judged) {
      bad.push({ at, id: item.id, problem: itemProblem(at, judged) });
      continue;
    }
    const { parties, placement } = judged;
    const cellId = cellIdOf(judged, cellIds);
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

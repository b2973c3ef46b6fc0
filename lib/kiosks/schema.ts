import * as z from "zod";
import type { Phase } from "@/lib/events/schema";
import type { Grid, ShownCell } from "@/lib/matrices/schema";
import type { Rollup } from "@/lib/rollups/rules";

const USUAL_SECONDS = 20;

/** `?every=`: for how many seconds a screen shows one thing. What is no such number is as if it were not there. */
export const everySchema = z.coerce.number().int().min(5).max(3600).catch(USUAL_SECONDS);

/** `?part=`: which of a track's slides, from 1 on. */
export const partSchema = z.coerce.number().int().min(1).max(100).catch(1);

/** A cell that has changed lately, in the words of who reads it from afar. */
export type KioskNews = {
  /** The cell's. */
  id: string;
  /** ms since 1970 */
  at: number;
  test: string;
  /** `OpenSSL, GnuTLS`: who was at it. */
  who: string;
  said: Pick<ShownCell, "state" | "outcome">;
};

export type KioskTrack = {
  slug: string;
  title: string;
  restricted: boolean;
  phase: Phase;
  /** Without cells where `rolled` tells what they say. */
  grids: Grid[];
  /** By `gridKey`, of a matrix too large for a table: what the cells of each grid say, all of them as one. */
  rolled: Record<string, Rollup> | null;
  labels: Record<string, string>;
  /** Where it is in the stream of changes, and for whose eyes (`TrackMatrix`). */
  asOf: string;
  version: number;
  sight: string;
  /** The newest first. */
  recent: KioskNews[];
  /** Who has sent results within the last minutes, in runs that go on. */
  now: string[];
};

/** What a screen in a room shows: one track, and which others there are to go on to. */
export type KioskBoard = {
  tracks: { slug: string; title: string }[];
  /** Null where there is none that the reader may see. */
  track: KioskTrack | null;
};

import { describe, expect, it } from "vitest";
import {
  freshNews,
  hearTrack,
  newsOf,
  pairsIn,
  secondsOf,
  slidesOf,
  trackAfter,
} from "@/lib/kiosks/rules";
import { everySchema, type KioskNews, type KioskTrack, partSchema } from "@/lib/kiosks/schema";
import type { Axis, Grid, MatrixCell, NamedCell, ShownCell } from "@/lib/matrices/schema";
import { rollUp } from "@/lib/rollups/rules";

const axis = (entry: string): Axis => ({
  ...{ entry, name: entry.toUpperCase(), kind: "participant", build: null },
});
const NAMES = ["alpha", "beta"];
const cell = (id: string, over: Partial<ShownCell> = {}): ShownCell => ({
  ...{ id, row: 0, column: 1, test: 0, others: {}, variant: {}, state: "confirmed" },
  ...{ outcome: "pass", sides: 2, sidesOf: 2, attempts: 1, overlays: [], latestAt: null, url: "" },
  ...over,
});
const grid = (columns: string | null, cells: MatrixCell[], names = NAMES): Grid => ({
  roles: { rows: "uac", columns, others: [] },
  rows: names.map(axis),
  columns: columns === null ? [] : names.map(axis),
  tests: [
    { key: "C-1", version: 1, title: "", level: "must", measured: false, variants: {} },
    { key: "C-2", version: 1, title: "", level: "must", measured: false, variants: {} },
  ],
  cells,
  counts: { possible: 4, applicable: 4, executed: 0, confirmed: 0, passed: 0 },
});
const named = (one: ShownCell): NamedCell => ({
  ...{ grid: "uac+uas", row: "alpha", column: "beta", test: "C-1", cell: one },
});
const track = (over: Partial<KioskTrack>): KioskTrack => ({
  ...{ slug: "calls", title: "Calls", restricted: false, phase: "testing", rolled: null },
  ...{ grids: [grid("uas", [])], labels: {}, asOf: "1", version: 3, sight: "all" },
  ...{ recent: [], now: [] },
  ...over,
});
const news = (id: string, at: number): KioskNews => ({
  ...{ id, at, test: "C-1", who: "ALPHA, BETA", said: { state: "confirmed", outcome: "pass" } },
});

describe("the slides of a track", () => {
  it("is one with the grids that have something to show, or several where one has no room", () => {
    const [pairs, solo, none] = [
      grid("uas", [cell("1")]),
      grid(null, [cell("2", { column: null })]),
      grid("proxy", []),
    ];
    expect(slidesOf(track({ grids: [pairs, none, solo] }))).toEqual([
      { kind: "grids", grids: [pairs, solo] },
    ]);
    const tall = grid(null, [cell("3", { column: null })], Array.from("abcdefghijkl"));
    expect(slidesOf(track({ grids: [pairs, tall, solo] }))).toEqual([
      { kind: "grids", grids: [pairs] },
      { kind: "grids", grids: [tall] },
      { kind: "grids", grids: [solo] },
    ]);
  });

  it("is one that says so, shortly, where there is nothing", () => {
    const slides = slidesOf(track({}));
    expect(slides).toEqual([{ kind: "empty" }]);
    expect(slides.map((slide) => secondsOf(slide, 20))).toEqual([5]);
    expect(secondsOf({ kind: "rolled", pairs: [] }, 20)).toBe(20);
  });

  it("is what its role pairs say, where squares would be unreadable", () => {
    const many = Array.from({ length: 13 }, (_, at) => `e-${at}`);
    const large = grid("uas", [cell("1"), cell("2", { outcome: "fail" })], many);
    const small = grid(null, [cell("3", { column: null })]);
    const [slide, ...more] = slidesOf(track({ grids: [large, small] }));
    expect(more).toEqual([]);
    expect(slide).toMatchObject({ kind: "rolled", pairs: [{ grid: large }, { grid: small }] });
    const rolled = { "uac+uas": rollUp([cell("1")]) };
    expect(slidesOf(track({ rolled }))).toMatchObject([
      { kind: "rolled", pairs: [{ rollup: rolled["uac+uas"] }] },
    ]);
    expect(slidesOf(track({ rolled: {} }))).toEqual([{ kind: "empty" }]);
  });

  it("a pair says all its tests as one, and the worst of them first", () => {
    const at = pairsIn(
      grid("uas", [cell("1"), cell("2", { test: 1, outcome: "fail", state: "reported" })]),
    );
    expect(at(0, 1).kinds.map(({ said }) => said)).toEqual([
      { state: "reported", outcome: "fail" },
      { state: "confirmed", outcome: "pass" },
    ]);
    expect(at(1, 0).kinds).toEqual([]);
  });
});

describe("the round of tracks", () => {
  const tracks = ["a", "b", "c"].map((slug) => ({ slug, title: slug }));
  it("goes on and back, round and round, and begins anew where a track has gone", () => {
    expect(trackAfter(tracks, "c", 1)?.slug).toBe("a");
    expect(trackAfter(tracks, "a", -1)?.slug).toBe("c");
    expect(trackAfter(tracks, "gone", 1)?.slug).toBe("a");
    expect(trackAfter([], "a", 1)).toBeUndefined();
  });
});

describe("what an address asks for", () => {
  it("is a number of seconds from 5 to an hour, else 20", () => {
    const asked = ["5", "3600", "4", "1e9", "soon", undefined, "7.5"];
    expect(asked.map((every) => everySchema.parse(every))).toEqual([
      ...[5, 3600, 20, 20, 20, 20, 20],
    ]);
    expect(["2", "0", undefined].map((part) => partSchema.parse(part))).toEqual([2, 1, 1]);
  });
});

describe("news", () => {
  const MINUTE = 60_000;
  it("are the newest of each cell, and end after a quarter of an hour", () => {
    const now = 100 * MINUTE;
    const told = [news("1", 95 * MINUTE), news("2", 84 * MINUTE), news("1", 99 * MINUTE)];
    expect(freshNews(told, now)).toEqual([news("1", 99 * MINUTE)]);
  });

  it("name who was at it, third parties too", () => {
    const grids = [grid("uas", [])];
    const third = cell("1", { others: { proxy: "beta" } });
    expect(newsOf(grids, named(third), 7)?.who).toBe("ALPHA, BETA, BETA");
    expect(newsOf(grids, { ...named(third), grid: "uac" }, 7)).toBeNull();
  });

  it("come from the stream: a cell that looks different, once", () => {
    const changes = { version: 3, cells: [named(cell("1"))], cleared: [] };
    const heard = hearTrack(track({}), changes, 50 * MINUTE);
    expect(heard.isOutdated).toBe(false);
    expect(heard.track.grids[0]?.cells).toHaveLength(1);
    expect(heard.track.recent).toEqual([news("1", 50 * MINUTE)]);
    const again = hearTrack(heard.track, changes, 51 * MINUTE);
    expect(again.track.recent).toEqual(heard.track.recent);
  });

  it("of other names, and of a matrix without cells, ask for the track anew", () => {
    const changes = { version: 4, cells: [], cleared: [] };
    expect(hearTrack(track({}), changes, 0).isOutdated).toBe(true);
    const rolled = track({ rolled: {} });
    const told = { version: 3, cells: [named(cell("1"))], cleared: [] };
    const heard = hearTrack(rolled, told, 50 * MINUTE);
    expect(heard.isOutdated).toBe(true);
    expect(heard.track.grids).toEqual(rolled.grids);
    expect(heard.track.recent).toHaveLength(1);
  });
});

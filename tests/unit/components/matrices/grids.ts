import type { Look } from "@/components/matrices/look";
import type { Axis, Grid, GridTest, ShownCell } from "@/lib/matrices/schema";

export const axis = (name: string, kind: Axis["kind"] = "participant"): Axis => ({
  entry: name.toLowerCase(),
  name,
  kind,
  build: "1.0",
});

export const test = (key: string, variants: GridTest["variants"] = {}): GridTest => ({
  key,
  version: 1,
  title: `About ${key}`,
  level: "must",
  measured: false,
  variants,
});

export const cell = (change: Partial<ShownCell> = {}): ShownCell => ({
  row: 0,
  column: 1,
  test: 0,
  others: {},
  variant: {},
  state: "confirmed",
  outcome: "pass",
  sides: 2,
  sidesOf: 2,
  attempts: 1,
  overlays: [],
  latestAt: "2026-11-22T19:47:39.597Z",
  id: "c1",
  url: "/events/e/tracks/t/cells/c1",
  ...change,
});

/** OpenSSL and GnuTLS in both roles; DTLS-01 without variants, DTLS-05 with two. */
export const pairGrid = (change: Partial<Grid> = {}): Grid => ({
  roles: { rows: "client", columns: "server", others: [] },
  rows: [axis("OpenSSL"), axis("GnuTLS")],
  columns: [axis("OpenSSL"), axis("GnuTLS")],
  tests: [test("DTLS-01"), test("DTLS-05", { server: ["both-profiles", "aes128-cm-only"] })],
  cells: [],
  counts: { possible: 42, applicable: 40, executed: 31, confirmed: 22, passed: 19 },
  ...change,
});

export const soloGrid = (change: Partial<Grid> = {}): Grid => ({
  ...pairGrid(),
  roles: { rows: "vs", columns: null, others: [] },
  columns: [],
  ...change,
});

/** A page without filters, on which nothing has changed. */
export const look = (change: Partial<Look> = {}): Look => ({
  view: {},
  path: "/events/e/tracks/t",
  changed: new Set(),
  ...change,
});

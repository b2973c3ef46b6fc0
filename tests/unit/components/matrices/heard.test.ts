import { describe, expect, it } from "vitest";
import { hear, NOTHING_HEARD } from "@/components/matrices/heard";
import type { MatrixChanges, NamedCell } from "@/lib/matrices/schema";
import { cell, pairGrid } from "./grids";

const start = { ...NOTHING_HEARD, grids: [pairGrid({ cells: [cell()] })] };
const named = (change: Parameters<typeof cell>[0]): NamedCell => ({
  grid: "client+server",
  row: "openssl",
  column: "gnutls",
  test: "DTLS-01",
  cell: cell(change),
});
const told = (cells: NamedCell[], change: Partial<MatrixChanges> = {}) => ({
  changes: { version: 1, cells, cleared: [], ...change },
  version: 1,
});

describe("what a page has heard", () => {
  it("is counted and marked until somebody has looked", () => {
    const once = hear(start, told([named({ outcome: "fail" })]));
    const twice = hear(once, told([named({ outcome: "pass", attempts: 2 })]));
    expect(twice).toMatchObject({ count: 2, changed: new Set(["c1"]), isOutdated: false });
    expect(twice.news.first).toBe(
      "DTLS-01, client OpenSSL, server GnuTLS: confirmed pass, 2 of 2 sides",
    );
    expect(hear(twice, "seen")).toMatchObject({ count: 0, changed: new Set(), news: twice.news });
  });

  it("twice is heard once", () => {
    const once = hear(start, told([named({ outcome: "fail" })]));
    expect(hear(once, told([named({ outcome: "fail" })])).count).toBe(1);
  });

  it("of other axes, tests or eyes is outdated", () => {
    expect(hear(start, told([], { version: 2 })).isOutdated).toBe(true);
    expect(hear(start, told([], { version: 0 })).isOutdated).toBe(true);
  });

  it("of a cell that is untested again says so", () => {
    const after = hear(start, told([], { cleared: ["c1"] }));
    expect(after.news.first).toBe("a cell is untested again");
    expect(after.count).toBe(1);
  });
});

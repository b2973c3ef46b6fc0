import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { drawGrids, sheetNumbers } from "@/lib/drawings/rules";
import { layoutsOf } from "@/lib/layouts/rules";
import type { Grid, MatrixCell } from "@/lib/matrices/schema";
import { type PageView, readView } from "@/lib/views/schema";
import { axis, cell, pairGrid, soloGrid } from "@/tests/unit/components/matrices/grids";

// A proxy is optional here: the grid does not name it.
const roles = { rows: "client", columns: "server", others: ["relay"] };
const withRelay = cell({ id: "c2", others: { relay: "openssl" } });
const withBoth = cell({ id: "c3", test: 1, others: { relay: "rtpengine", proxy: "kamailio" } });
const grid = pairGrid({ roles, cells: [cell(), withRelay, withBoth] });

const tables = (whole: Grid, view: PageView) =>
  drawGrids([whole], layoutsOf([whole], view), view).map(({ part, grid: { cells } }) => ({
    part,
    ids: cells.map((one) => ("id" in one ? one.id : "withheld")),
  }));

describe("small multiples", () => {
  it("are a table for each constellation of third parties, by the names that are known", () => {
    expect(tables(grid, readView({ split: "third" }))).toEqual([
      { part: "with kamailio as proxy, with rtpengine as relay", ids: ["c3"] },
      { part: "without proxy, with OpenSSL as relay", ids: ["c2"] },
      { part: "without proxy, without relay", ids: ["c1"] },
    ]);
  });

  it("are of what the view asks for", () => {
    const failing = pairGrid({ roles, cells: [cell(), { ...withBoth, outcome: "fail" }] });
    expect(tables(failing, readView({ split: "third", outcome: "fail" }))).toEqual([
      { part: "with kamailio as proxy, with rtpengine as relay", ids: ["c3"] },
    ]);
    expect(tables(grid, readView({ split: "third", test: "DTLS-05" }))).toEqual([
      { part: "with kamailio as proxy, with rtpengine as relay", ids: ["c3"] },
    ]);
  });

  it("are one table where nobody sits beside the two, and where nothing has been tried", () => {
    for (const whole of [pairGrid({ cells: [cell()] }), pairGrid({ roles }), soloGrid()])
      expect(tables(whole, { split: "third" }).map(({ part }) => part)).toEqual([null]);
  });

  it("show each cell once, and a withheld one wherever it may be", () => {
    const entries = fc.constantFrom("a", "b", undefined);
    const others = fc
      .record({ relay: entries, proxy: entries })
      .map((all) => Object.fromEntries(Object.entries(all).filter(([, entry]) => entry)));
    const cells = fc
      .array(fc.option(others, { nil: null }), { minLength: 1, maxLength: 12 })
      .map((list) =>
        list.map(
          (one, at): MatrixCell =>
            one === null
              ? { row: 0, column: 1, test: 0, state: "withheld" }
              : cell({ id: `c${at}`, others: one as Record<string, string> }),
        ),
      );
    fc.assert(
      fc.property(cells, (all) => {
        const drawn = tables(pairGrid({ roles, cells: all }), { split: "third" });
        const told = all.flatMap((one) => ("id" in one ? [one.id] : []));
        const withheld = all.length - told.length;
        const shown = drawn.flatMap(({ ids }) => ids.filter((id) => id !== "withheld"));
        expect(shown.sort()).toEqual(told.sort());
        for (const { ids } of drawn)
          expect(ids.filter((id) => id === "withheld")).toHaveLength(withheld);
      }),
    );
  });
});

describe("an entry that is a third party", () => {
  it("has a table of what it took part in beside the two, besides its own row and column", () => {
    expect(tables(grid, { entry: ["openssl"] })).toEqual([
      { part: "OpenSSL as client", ids: ["c1", "c2", "c3"] },
      { part: "OpenSSL as server", ids: [] },
      { part: "OpenSSL as relay", ids: ["c2"] },
    ]);
    expect(tables(grid, { entry: ["kamailio"] })).toEqual([
      { part: "kamailio as proxy", ids: ["c3"] },
    ]);
  });
});

describe("the sheet of an entry in one role", () => {
  const three = ["OpenSSL", "GnuTLS", "wolfSSL"].map((name) => axis(name));
  const whole = pairGrid({
    rows: three,
    columns: three,
    cells: [
      cell({ row: 0, column: 0, id: "self" }),
      cell({ row: 0, column: 1 }),
      cell({ row: 0, column: 1, test: 1, id: "c2", outcome: "fail" }),
      cell({ row: 0, column: 2, id: "c3", state: "planned", outcome: null }),
      cell({ row: 2, column: 0, id: "c4", state: "reported", outcome: "pass" }),
    ],
  });

  it("counts whom it met of those it could have met, not itself, and no plan", () => {
    expect(sheetNumbers(whole, { entry: "openssl", axis: "rows" })).toEqual({
      ...{ met: 1, others: 2, executed: 2, confirmed: 2, passed: 1 },
    });
    expect(sheetNumbers(whole, { entry: "openssl", axis: "columns" })).toEqual({
      ...{ met: 1, others: 2, executed: 1, confirmed: 0, passed: 0 },
    });
    expect(sheetNumbers(whole, { entry: "gnutls", axis: "rows" })).toMatchObject({ met: 0 });
  });

  it("is the same whatever the view leaves of the grid, and there is none of a test for one", () => {
    const view: PageView = { entry: ["openssl"], outcome: ["fail"] };
    const [drawn] = drawGrids([whole], layoutsOf([whole], view), view);
    expect(drawn?.sheet && sheetNumbers(drawn.whole, drawn.sheet)).toMatchObject({ executed: 2 });
    expect(sheetNumbers(soloGrid(), { entry: "openssl", axis: "rows" })).toBeNull();
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { drawGrids } from "@/lib/drawings/rules";
import { layoutsOf } from "@/lib/layouts/rules";
import type { Grid } from "@/lib/matrices/schema";
import { applyView, isFiltered, isQuiet, needOf, viewQuery } from "@/lib/views/rules";
import { HIDEABLE, type PageView, readView } from "@/lib/views/schema";
import { axis, cell, pairGrid, soloGrid, test } from "@/tests/unit/components/matrices/grids";

const fail = cell({ row: 1, column: 0, test: 1, id: "c2", outcome: "fail" });
const grid = pairGrid({ cells: [cell(), fail] });
const drawn = (grids: Grid[], view: PageView) => drawGrids(grids, layoutsOf(grids, view), view);
const namesOf = (list: readonly { entry: string }[] = []) => list.map(({ entry }) => entry);

describe("the address of a matrix", () => {
  it("is no filter where it is empty, unknown or wrong", () => {
    expect(readView({ test: "", state: "green", colour: "red", pin: "", flip: "2" })).toEqual({});
    expect(isFiltered(readView({ test: "", state: "green" }))).toBe(false);
  });

  it("takes several of one kind, with commas or repeated", () => {
    expect(readView({ outcome: "fail,timeout", hide: ["passing", "unsupported"] })).toEqual({
      outcome: ["fail", "timeout"],
      hide: ["passing", "unsupported"],
    });
  });

  it("keeps what is not changed", () => {
    const view = readView({ entry: "gnutls", state: "reported", flip: "1" });
    expect(viewQuery(view, { state: undefined })).toBe("?entry=gnutls&flip=1");
    expect(viewQuery({})).toBe("?");
  });

  it("says all of a view", () => {
    const slug = fc.constantFrom("openssl", "gnutls", "kamailio-strict");
    const views = fc.record(
      {
        entry: fc.uniqueArray(slug, { minLength: 1 }),
        test: fc.uniqueArray(fc.constantFrom("DTLS-01", "SS 07", "A&B"), { minLength: 1 }),
        state: fc.uniqueArray(fc.constant("withheld" as const), { minLength: 1 }),
        hide: fc.uniqueArray(fc.constantFrom(...HIDEABLE), { minLength: 1 }),
        pin: slug,
        density: fc.constant("compact" as const),
        flip: fc.constant("1" as const),
        sort: fc.constant("attention" as const),
        split: fc.constant("third" as const),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(views, (view) => {
        const query = new URLSearchParams(viewQuery(view));
        expect(readView(Object.fromEntries(query))).toEqual(view);
      }),
    );
  });
});

describe("a view", () => {
  it("without filters is the grids as they are", () => {
    expect(drawn([grid], {}).map((one) => one.grid)).toEqual([grid]);
    expect(applyView(grid, {}).cells).toEqual(grid.cells);
  });

  it("of a test leaves the other grids out", () => {
    const tables = drawn([grid, soloGrid({ tests: [] })], { test: ["DTLS-05"] });
    expect(tables).toHaveLength(1);
    expect(tables[0]?.grid.tests.map(({ key }) => key)).toEqual(["DTLS-05"]);
    expect(tables[0]?.grid.cells).toEqual([{ ...fail, test: 0 }]);
  });

  it("of an entry shows the row of one role and the column of the other", () => {
    const tables = drawn([grid], { entry: ["gnutls"] });
    expect(tables.map(({ part }) => part)).toEqual(["GnuTLS as client", "GnuTLS as server"]);
    expect(tables.map((one) => one.grid.cells)).toEqual([
      [{ ...fail, row: 0 }],
      [{ ...cell(), column: 0 }],
    ]);
  });

  it("of an entry in a solo grid is one part", () => {
    const solo = soloGrid({ cells: [cell({ column: null })] });
    expect(drawn([solo], { entry: ["openssl"] })).toHaveLength(1);
  });

  it("of an outcome keeps the rows and columns that have it, and drops grids that have none", () => {
    const tables = drawn([grid, soloGrid()], { outcome: ["fail"] });
    expect(tables).toHaveLength(1);
    expect(tables[0]?.grid.rows.map(({ name }) => name)).toEqual(["GnuTLS"]);
    expect(tables[0]?.grid.columns.map(({ name }) => name)).toEqual(["OpenSSL"]);
    expect(tables[0]?.whole).toBe(grid);
  });

  it("never shows a told cell as untested: what it is not after stays, quietly", () => {
    const both = pairGrid({ cells: [cell(), cell({ id: "c2", test: 1, outcome: "fail" })] });
    const view: PageView = { state: ["confirmed"], outcome: ["pass"] };
    const all = pairGrid({ cells: [...both.cells, cell({ id: "c3", row: 1, column: 0 })] });
    const [table] = drawn([all], view);
    expect(table?.grid.tests.map(({ key }) => key)).toEqual(["DTLS-01"]);
    const [whole] = drawn([both], { hide: ["passing"] });
    expect(whole?.grid.cells).toHaveLength(1);
    expect(both.cells.map((one) => isQuiet(one, view))).toEqual([false, true]);
  });
});

describe("a page may leave out", () => {
  const three = ["OpenSSL", "GnuTLS", "wolfSSL"].map((name) => axis(name));
  const told = pairGrid({
    rows: three,
    columns: three,
    cells: [
      cell({ row: 0, column: 1 }),
      cell({ row: 1, column: 2, id: "c2", outcome: "fail" }),
      cell({ row: 2, column: 0, test: 1, id: "c3", outcome: "unsupported" }),
    ],
  });

  it("rows, columns and tests on which everything that was told passed, and says how many", () => {
    const [table] = drawn([told], { hide: ["passing"] });
    expect(namesOf(table?.grid.rows)).toEqual(["gnutls", "wolfssl"]);
    expect(namesOf(table?.grid.columns)).toEqual(["openssl", "wolfssl"]);
    expect(table?.hidden).toBe(2);
  });

  it("what nobody supports, with the grids that nobody can play", () => {
    const none = { possible: 2, applicable: 0, executed: 0, confirmed: 0, passed: 0 };
    const tables = drawn([told, soloGrid({ counts: none })], { hide: ["unsupported"] });
    expect(tables).toHaveLength(1);
    expect(tables[0]?.grid.tests.map(({ key }) => key)).toEqual(["DTLS-01"]);
    expect(namesOf(tables[0]?.grid.rows)).toEqual(["openssl", "gnutls"]);
  });

  it("nothing of which nothing is known yet", () => {
    const empty = pairGrid();
    expect(drawn([empty], { hide: ["passing", "unsupported"] })[0]?.grid).toEqual(empty);
  });
});

describe("the order of a page", () => {
  const disputed = cell({ row: 1, column: 1, test: 1, id: "c3", state: "disputed", outcome: null });

  it("is by need of attention when that is asked for", () => {
    const [table] = drawn([pairGrid({ cells: [cell(), disputed] })], { sort: "attention" });
    expect(namesOf(table?.grid.rows)).toEqual(["gnutls", "openssl"]);
    expect(table?.grid.tests.map(({ key }) => key)).toEqual(["DTLS-05", "DTLS-01"]);
    expect(table?.grid.cells).toContainEqual({ ...disputed, row: 0, column: 0, test: 0 });
  });

  it("has the pinned entry first on both axes", () => {
    const [table] = drawn([grid], { pin: "gnutls" });
    expect(namesOf(table?.grid.rows)).toEqual(["gnutls", "openssl"]);
    expect(namesOf(table?.grid.columns)).toEqual(["gnutls", "openssl"]);
  });

  it("has rows for columns when it is turned, with every cell in its place", () => {
    const [table] = drawn([grid], { flip: "1" });
    expect(table?.grid.roles).toMatchObject({ rows: "server", columns: "client" });
    expect(table?.grid.cells).toMatchObject([
      { row: 1, column: 0 },
      { row: 0, column: 1 },
    ]);
  });

  it("does not move when results arrive", () => {
    const view: PageView = { sort: "attention", hide: ["passing"] };
    const before = [pairGrid({ cells: [cell(), disputed] })];
    const layouts = layoutsOf(before, view);
    const after = [pairGrid({ cells: [fail, cell({ row: 1, column: 1, test: 1, id: "c3" })] })];
    const axes = (grids: Grid[]) =>
      drawGrids(grids, layouts, view).map(({ grid: { rows, columns, tests } }) => ({
        rows,
        columns,
        tests,
      }));
    expect(axes(after)).toEqual(axes(before));
  });
});

describe("what wants attention", () => {
  it.each([
    [cell(), null],
    [cell({ state: "disputed", outcome: null }), "disputed"],
    [cell({ state: "reported", sides: 1 }), "awaiting"],
    [cell({ state: "reported", sides: 1, outcome: "fail" }), "awaiting"],
    [cell({ outcome: "timeout" }), "failing"],
    [cell({ state: "settled", outcome: "fail" }), "failing"],
    [cell({ outcome: "unsupported" }), null],
    [cell({ state: "planned", outcome: null }), null],
    [{ row: 0, column: 1, test: 0, state: "withheld" as const }, null],
  ])("of %o is %s", (one, need) => {
    expect(needOf(one)).toBe(need);
  });
});

describe("a test of many variants", () => {
  it("keeps its key in an address, whatever stands in it", () => {
    const odd = pairGrid({ tests: [test("A&B")] });
    expect(drawn([odd], readView({ test: "A&B" }))).toHaveLength(1);
  });
});

import { describe, expect, it } from "vitest";
import { readView } from "@/components/matrices/read-view";
import { drawnGrids, isFiltered, viewHref } from "@/components/matrices/view";
import { cell, pairGrid, soloGrid } from "./grids";

const fail = cell({ row: 1, column: 0, test: 1, id: "c2", outcome: "fail" });
const grid = pairGrid({ cells: [cell(), fail] });

describe("the address of a matrix", () => {
  it("is no filter where it is empty, unknown or wrong", () => {
    expect(readView({ test: "", state: "green", colour: "red" })).toEqual({ state: undefined });
    expect(isFiltered(readView({ test: "", state: "green" }))).toBe(false);
  });

  it("counts the first of two", () => {
    expect(readView({ test: ["DTLS-01", "DTLS-02"] }).test).toBe("DTLS-01");
  });

  it("keeps the filters that are not changed", () => {
    expect(viewHref({ entry: "gnutls", state: "reported" }, { state: undefined })).toBe(
      "?entry=gnutls",
    );
    expect(viewHref({}, {})).toBe("?");
  });
});

describe("a view", () => {
  it("without filters is the grids as they are", () => {
    expect(drawnGrids([grid], {}).map((one) => one.grid)).toEqual([grid]);
  });

  it("of a test leaves the other grids out", () => {
    const drawn = drawnGrids([grid, soloGrid({ tests: [] })], { test: "DTLS-05" });
    expect(drawn).toHaveLength(1);
    expect(drawn[0]?.grid.tests.map(({ key }) => key)).toEqual(["DTLS-05"]);
    expect(drawn[0]?.grid.cells).toEqual([{ ...fail, test: 0 }]);
  });

  it("of an entry shows the row of one role and the column of the other", () => {
    const drawn = drawnGrids([grid], { entry: "gnutls" });
    expect(drawn.map(({ part }) => part)).toEqual(["GnuTLS as client", "GnuTLS as server"]);
    expect(drawn.map((one) => one.grid.cells)).toEqual([
      [{ ...fail, row: 0 }],
      [{ ...cell(), column: 0 }],
    ]);
  });

  it("of an entry in a solo grid is one part", () => {
    const solo = soloGrid({ cells: [cell({ column: null })] });
    expect(drawnGrids([solo], { entry: "openssl" })).toHaveLength(1);
  });

  it("of an outcome keeps the rows and columns that have it, and drops grids that have none", () => {
    const drawn = drawnGrids([grid, soloGrid()], { outcome: "fail" });
    expect(drawn).toHaveLength(1);
    expect(drawn[0]?.grid.rows.map(({ name }) => name)).toEqual(["GnuTLS"]);
    expect(drawn[0]?.grid.columns.map(({ name }) => name)).toEqual(["OpenSSL"]);
    expect(drawn[0]?.whole).toBe(grid);
  });
});

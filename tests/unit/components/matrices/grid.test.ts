import { describe, expect, it } from "vitest";
import { placeAfter } from "@/components/matrices/grid";

const size = { rows: 4, columns: 3, page: 2 };
const from = { row: 1, column: 1 };

describe("a key in the grid", () => {
  it.each([
    ["ArrowLeft", { row: 1, column: 0 }],
    ["ArrowRight", { row: 1, column: 2 }],
    ["ArrowUp", { row: 0, column: 1 }],
    ["ArrowDown", { row: 2, column: 1 }],
    ["Home", { row: 1, column: 0 }],
    ["End", { row: 1, column: 2 }],
    ["Control Home", { row: 0, column: 0 }],
    ["Control End", { row: 3, column: 2 }],
    ["PageDown", { row: 3, column: 1 }],
    ["PageUp", { row: 0, column: 1 }],
  ])("%s leads to its place", (key, to) => {
    expect(placeAfter(key, from, size)).toEqual(to);
  });

  it("never leads out of the grid", () => {
    expect(placeAfter("ArrowDown", { row: 3, column: 0 }, size)).toEqual({ row: 3, column: 0 });
    expect(placeAfter("ArrowLeft", { row: 0, column: 0 }, size)).toEqual({ row: 0, column: 0 });
  });

  it("of no meaning leads nowhere", () => {
    for (const key of ["Tab", "x", "Control ArrowLeft", "toString"]) {
      expect(placeAfter(key, from, size)).toBeNull();
    }
  });
});

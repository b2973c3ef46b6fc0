import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { indexesOf, mostHeight, OVERSCAN, scrollFor } from "@/components/matrices/grid-window";

const range = { startIndex: 10, endIndex: 13, overscan: 2, count: 60 };

describe("what of an axis is in the document", () => {
  it("is what is seen and a little around it", () => {
    expect(indexesOf(range, null)).toEqual([8, 9, 10, 11, 12, 13, 14, 15]);
  });

  it("and the one that has the focus, wherever it is", () => {
    expect(indexesOf(range, 3)).toEqual([3, 8, 9, 10, 11, 12, 13, 14, 15]);
    expect(indexesOf(range, 59).at(-1)).toBe(59);
    expect(indexesOf(range, 12)).toEqual(indexesOf(range, null));
  });

  it("and nothing that is not there", () => {
    expect(indexesOf(range, -1)).toEqual(indexesOf(range, null));
    expect(indexesOf(range, 60)).toEqual(indexesOf(range, null));
  });
});

describe("how far a grid is scrolled", () => {
  const seen = { from: 300, extent: 400, covered: 50 };

  it("is left alone where the cell is seen", () => {
    expect(scrollFor({ start: 350, size: 30 }, seen)).toBe(300);
    expect(scrollFor({ start: 670, size: 30 }, seen)).toBe(300);
  });

  it("takes a cell out from under the heads", () => {
    expect(scrollFor({ start: 349, size: 30 }, seen)).toBe(299);
    expect(scrollFor({ start: 10, size: 30 }, seen)).toBe(0);
  });

  it("shows any cell whole that fits", () => {
    fc.assert(
      fc.property(
        fc.nat(100_000),
        fc.integer({ min: 1, max: 100 }),
        fc.nat(100_000),
        (start, size, from) => {
          const view = { from, extent: 400, covered: 50 };
          const to = scrollFor({ start: start + 50, size }, view);
          expect(to + 50).toBeLessThanOrEqual(start + 50);
          expect(to + 400).toBeGreaterThanOrEqual(start + 50 + size);
        },
      ),
    );
  });
});

describe("the height of a grid", () => {
  it("never lets more cells into the document than may be there", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 200, max: 8000 }),
        fc.integer({ min: 40, max: 300 }),
        fc.integer({ min: 24, max: 300 }),
        (width, cellWidth, cellHeight) => {
          const height = mostHeight(width, { width: cellWidth, height: cellHeight });
          const across = Math.ceil(width / cellWidth) + 1 + 2 * OVERSCAN + 1;
          const down = Math.ceil(height / cellHeight) + 1 + 2 * OVERSCAN + 1;
          if (height > 4 * cellHeight) expect(across * down).toBeLessThanOrEqual(2900);
        },
      ),
    );
  });
});

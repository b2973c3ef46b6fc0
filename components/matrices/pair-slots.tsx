import type { Grid, GridTest, MatrixCell } from "@/lib/matrices/schema";
import { CellMark, RollUp, SlotMark } from "./matrix-cell";
import type { Pair } from "./pair-table";
import { cellsAt, cellsOfPair, isSameVariant, type Slots, shortKeys, variantsOf } from "./slots";
import { type MatrixView, viewHref } from "./view";
import { pairName, variantWords } from "./wording";

type Props = { grid: Grid; slots: Slots; view: MatrixView; pair: Pair };

const anchorOf = (grid: Grid, { row, column }: Pair) =>
  `#${grid.rows[row]?.entry ?? ""}--${grid.columns[column]?.entry ?? ""}`;

/** Every test of the grid in a fixed place, so that pairs compare at a glance. */
export function PairSlots({ grid, slots, view, pair }: Props) {
  const keys = shortKeys(grid.tests);
  const untested = grid.tests.filter((_, test) => cellsAt(slots, { ...pair, test }).length === 0);
  return (
    <div className="slots" data-across={acrossOf(grid.tests.length)}>
      {grid.tests.map(({ key }, test) => (
        <span key={key} className="slot">
          <span className="slot-key" aria-hidden="true">
            {keys[test]}
          </span>
          <SlotMark
            grid={grid}
            place={{ ...pair, test }}
            cells={cellsAt(slots, { ...pair, test })}
            detailsHref={`${viewHref(view, { test: key })}${anchorOf(grid, pair)}`}
          />
        </span>
      ))}
      {untested.length > 0 && (
        <span className="sr-only">Untested: {untested.map(({ key }) => key).join(", ")}</span>
      )}
    </div>
  );
}

const acrossOf = (tests: number) => {
  if (tests < 4) return 1;
  return tests > 12 ? 3 : 2;
};

/** One test of a pair: each declared variant, and each constellation of further roles, by name. */
export function PairVariants({ grid, slots, pair }: Omit<Props, "view">) {
  const test = grid.tests[0];
  if (!test) return null;
  const cells = cellsAt(slots, { ...pair, test: 0 });
  const untold = untoldVariants(test, cells);
  return (
    <div className="variants">
      {cells.map((cell, at) => (
        <span key={"id" in cell ? cell.id : `withheld ${at}`} className="variant">
          <CellMark grid={grid} place={{ ...pair, test: 0 }} cell={cell} />
          <span aria-hidden="true">
            {"variant" in cell && [variantWords(cell.variant), ...others(cell.others)].join(" ")}
          </span>
        </span>
      ))}
      {untold.map((variant) => (
        <span key={variantWords(variant)} className="variant variant-untold">
          <span className="mark mark-empty" aria-hidden="true" />
          <span>
            {variantWords(variant)}
            <span className="sr-only">: untested</span>
          </span>
        </span>
      ))}
    </div>
  );
}

/** Which variants a withheld cell is of is not told, nor then which ones are untested. */
function untoldVariants(test: GridTest, cells: readonly MatrixCell[]) {
  if (cells.some(({ state }) => state === "withheld")) return [];
  return variantsOf(test).filter(
    (variant) => !cells.some((cell) => "variant" in cell && isSameVariant(cell.variant, variant)),
  );
}

const others = (of: Record<string, string>) =>
  Object.entries(of).map(([role, entry]) => `${role} ${entry}`);

/** All tests of a pair in one mark, where there are too many to draw each. */
export function PairRollUp({ grid, slots, view, pair }: Props) {
  const cells = cellsOfPair(slots, grid, pair);
  const row = grid.rows[pair.row]?.entry;
  const column = grid.columns[pair.column]?.entry;
  return (
    <RollUp
      name={pairName(grid, pair, cells)}
      cells={cells}
      tally={`${new Set(cells.map(({ test }) => test)).size}/${grid.tests.length}`}
      detailsHref={viewHref(view, { rows: row, columns: column })}
    />
  );
}

import type { Grid, MatrixCell } from "@/lib/matrices/schema";
import { type Look, lookHref, openingAt, openingWith } from "./look";
import { CellMark, EmptyMark, RollUp, SlotMark } from "./matrix-cell";
import type { Pair } from "./pair-table";
import { cellsAt, cellsOfPair, isSameVariant, type Slots, shortKeys, variantsOf } from "./slots";
import { pairName, variantWords } from "./wording";

type Props = { grid: Grid; slots: Slots; look: Look; pair: Pair };

const anchorOf = (grid: Grid, { row, column }: Pair) =>
  `#${grid.rows[row]?.entry ?? ""}--${grid.columns[column]?.entry ?? ""}`;

/** Every test of the grid in a fixed place, so that pairs compare at a glance. */
export function PairSlots({ grid, slots, look, pair }: Props) {
  const keys = shortKeys(grid.tests);
  const untested = grid.tests.filter((_, test) => cellsAt(slots, { ...pair, test }).length === 0);
  return (
    <div className="slots" data-across={acrossOf(grid)}>
      {grid.tests.map(({ key }, test) => (
        <span key={key} className="slot">
          <span className="slot-key" aria-hidden="true">
            {keys[test]}
          </span>
          <SlotMark
            grid={grid}
            place={{ ...pair, test }}
            cells={cellsAt(slots, { ...pair, test })}
            look={look}
            detailsHref={`${lookHref(look, { test: [key] })}${anchorOf(grid, pair)}`}
          />
        </span>
      ))}
      {untested.length > 0 && (
        <span className="sr-only">Untested: {untested.map(({ key }) => key).join(", ")}</span>
      )}
    </div>
  );
}

/** How many slots stand side by side: as many as a page of the usual width has room for. */
function acrossOf({ tests, columns }: Grid): number {
  const room = Math.floor(SLOTS_ACROSS_A_PAGE / columns.length);
  const most = Math.min(8, Math.max(room, tests.length > 12 ? 3 : 2));
  return tests.length < 4 ? 1 : Math.min(most, tests.length);
}

const SLOTS_ACROSS_A_PAGE = 10;

/** One test of a pair: each declared variant in its place, and each constellation of further roles. */
export function PairVariants({ grid, slots, look, pair }: Props) {
  const test = grid.tests[0];
  if (!test) return null;
  const cells = cellsAt(slots, { ...pair, test: 0 });
  // Which variant a withheld cell is of is not told, nor then which ones are untested.
  const withheld = cells.find(({ state }) => state === "withheld");
  const lines = variantsOf(test).map((variant) => ({
    variant: variantWords(variant),
    values: variant,
    cells: cells.filter((cell) => "variant" in cell && isSameVariant(cell.variant, variant)),
  }));
  return (
    <div className="variants">
      {lines.map(({ variant, values, cells: told }) =>
        told.length === 0 && !withheld ? (
          <Untold key={variant} {...{ grid, look, pair, variant, values }} />
        ) : (
          told.map((cell) => (
            <Told key={"id" in cell ? cell.id : variant} {...{ grid, look, pair, cell, variant }} />
          ))
        ),
      )}
      {withheld && <Told {...{ grid, look, pair }} cell={withheld} variant="withheld" />}
    </div>
  );
}

type ToldProps = { grid: Grid; look: Look; pair: Pair; cell: MatrixCell; variant: string };

function Told({ grid, look, pair, cell, variant }: ToldProps) {
  const others = "others" in cell ? Object.entries(cell.others) : [];
  return (
    <span className="variant">
      <CellMark {...{ grid, cell, look }} place={{ ...pair, test: 0 }} />
      <span aria-hidden="true">
        {[variant, ...others.map(([role, entry]) => `${role} ${entry}`)].join(" ")}
      </span>
    </span>
  );
}

type UntoldProps = Omit<ToldProps, "cell"> & { values: Record<string, string> };

function Untold({ grid, look, pair, variant, values }: UntoldProps) {
  const opening = openingAt(look, grid, { ...pair, test: 0, variant: values });
  return (
    <span className="variant variant-untold">
      <EmptyMark opening={opening} tab={look} />
      <span>
        {variant}
        <span className="sr-only">{variant ? ": untested" : "untested"}</span>
      </span>
    </span>
  );
}

/** All tests of a pair in one mark, where there are too many to draw each. */
export function PairRollUp({ grid, slots, look, pair }: Props) {
  const cells = cellsOfPair(slots, grid, pair);
  const [row, column] = [grid.rows[pair.row]?.entry, grid.columns[pair.column]?.entry];
  const [rows, columns] = look.view.flip ? [column, row] : [row, column];
  return (
    <RollUp
      name={pairName(grid, pair, cells)}
      {...{ cells, look }}
      tally={`${new Set(cells.map(({ test }) => test)).size}/${grid.tests.length}`}
      detailsHref={lookHref(look, { rows: listed(rows), columns: listed(columns) })}
      opening={openingWith(look, [row, column])}
    />
  );
}

const listed = (entry: string | undefined) => (entry === undefined ? undefined : [entry]);

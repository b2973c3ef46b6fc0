import { Sign } from "@/components/cells/sign";
import type { Grid, MatrixCell } from "@/lib/matrices/schema";
import { tallyOf, worstFirst } from "./slots";
import { markName, type Place, rollUpName } from "./wording";

/**
 * One cell's mark: a link to its page, named in full. Pure, so that the server draws it and the
 * browser redraws it alike. A withheld cell has no page.
 */
export function CellMark({ grid, place, cell }: { grid: Grid; place: Place; cell: MatrixCell }) {
  const name = markName(grid, place, cell);
  if (cell.state === "withheld") {
    return (
      <span className="mark" role="img" aria-label={name} title={name}>
        <Sign sign={{ state: "withheld", outcome: null }} />
      </span>
    );
  }
  return (
    <a className="mark" href={cell.url} aria-label={name} title={name}>
      <Sign sign={cell} />
    </a>
  );
}

type SlotProps = {
  grid: Grid;
  place: Place;
  cells: readonly MatrixCell[];
  /** Where the cells of a roll-up are drawn one by one. */
  detailsHref: string;
};

/** What a grid shows at one place of one test: nothing yet, the one cell, or the worst of several. */
export function SlotMark({ grid, place, cells, detailsHref }: SlotProps) {
  const [first] = cells;
  const test = grid.tests[place.test];
  if (!first || !test) return <span className="mark mark-empty" aria-hidden="true" />;
  const tally = tallyOf(test, cells);
  if (tally === "1/1") return <CellMark grid={grid} place={place} cell={first} />;
  return <RollUp name={rollUpName(grid, place, cells)} {...{ cells, tally, detailsHref }} />;
}

type RollUpProps = Pick<SlotProps, "cells" | "detailsHref"> & { name: string; tally: string };

/** Several cells in one mark: the sign of the one that wants attention first, and how many have been told. */
export function RollUp({ name, cells, tally, detailsHref }: RollUpProps) {
  const [worst] = worstFirst(cells);
  if (!worst) return <span className="mark mark-empty" aria-hidden="true" />;
  const sign = worst.state === "withheld" ? { state: worst.state, outcome: null } : worst;
  return (
    <a className="mark" href={detailsHref} aria-label={name} title={name}>
      <Sign sign={sign} />
      <span className="mark-tally">{tally}</span>
    </a>
  );
}

import { Sign } from "@/components/cells/sign";
import type { Grid, MatrixCell } from "@/lib/matrices/schema";
import { flagsOf, type Look, loudOf, openingAt } from "./look";
import { tallyOf, worstFirst } from "./slots";
import { markName, type Named, type Place, rollUpName } from "./wording";

type MarkProps = { grid: Named; place: Place; cell: MatrixCell; look: Look };

/**
 * One cell's mark: a link to its page, named in full. Pure, so that the server draws it and the
 * browser redraws it alike. A withheld cell has no page.
 */
export function CellMark({ grid, place, cell, look }: MarkProps) {
  const name = markName(grid, place, cell);
  const flags = flagsOf([cell], look);
  if (cell.state === "withheld") {
    return (
      <span className="mark" role="img" aria-label={name} title={name} {...flags}>
        {!flags["data-quiet"] && <Sign sign={{ state: "withheld", outcome: null }} />}
      </span>
    );
  }
  return (
    <a className="mark" href={cell.url} aria-label={name} title={name} {...flags}>
      {!flags["data-quiet"] && <Sign sign={cell} />}
    </a>
  );
}

type SlotProps = {
  grid: Grid;
  place: Place;
  cells: readonly MatrixCell[];
  look: Look;
  /** Where the cells of a roll-up are drawn one by one. */
  detailsHref: string;
};

/** What a grid shows at one place of one test: nothing yet, the one cell, or the worst of several. */
export function SlotMark({ grid, place, cells, look, detailsHref }: SlotProps) {
  const [first] = cells;
  const test = grid.tests[place.test];
  if (!first || !test) return <EmptyMark opening={openingAt(look, grid, place)} tab={look} />;
  const tally = tallyOf(test, cells);
  if (tally === "1/1") return <CellMark {...{ grid, place, look }} cell={first} />;
  return <RollUp name={rollUpName(grid, place, cells)} {...{ cells, look, tally, detailsHref }} />;
}

type EmptyProps = { opening: { name: string; href: string } | null; tab: Pick<Look, "isGrid"> };

/** An empty socket: nobody has said anything. Whoever may, logs it from here. */
export const EmptyMark = ({ opening, tab }: EmptyProps) =>
  opening ? (
    <a
      className="mark mark-empty"
      href={opening.href}
      title={opening.name}
      tabIndex={tab.isGrid && -1}
    >
      <span className="sr-only">{opening.name}</span>
    </a>
  ) : (
    <span className="mark mark-empty" aria-hidden="true" />
  );

type RollUpProps = Omit<SlotProps, "grid" | "place"> & {
  name: string;
  tally: string;
  opening?: EmptyProps["opening"];
};

/** Several cells in one mark: the sign of the one that wants attention first, and how many have been told. */
export function RollUp({ name, cells, look, tally, detailsHref, opening = null }: RollUpProps) {
  if (cells.length === 0) return <EmptyMark opening={opening} tab={look} />;
  const [worst] = worstFirst(loudOf(cells, look));
  return (
    <a
      className="mark"
      href={detailsHref}
      aria-label={name}
      title={name}
      tabIndex={look.isGrid && -1}
      {...flagsOf(cells, look)}
    >
      {worst && <Sign sign={worst.state === "withheld" ? WITHHELD : worst} />}
      {tally && <span className="mark-tally">{tally}</span>}
    </a>
  );
}

const WITHHELD = { state: "withheld", outcome: null } as const;

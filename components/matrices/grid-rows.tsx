// biome-ignore-all lint/a11y/useSemanticElements: most of its rows and cells are not in the document, and those that are stand where they are put
// biome-ignore-all lint/a11y/useFocusableInteractive: the cells of a grid have the focus, its rows do not
import type { VirtualItem } from "@tanstack/react-virtual";
import { memo } from "react";
import { Arrow } from "@/components/ui/arrow";
import type { Face } from "./grid-face";

type HeadRowProps = { face: Face; columns: VirtualItem[]; active: number | null };

export const HeadRow = memo(function HeadRow({ face, columns, active }: HeadRowProps) {
  const { sizes, corner } = face;
  return (
    <div role="row" aria-rowindex={1} className="huge-heads" style={{ height: sizes.headHeight }}>
      <div
        role="columnheader"
        aria-colindex={1}
        className="huge-corner"
        style={{ width: sizes.headWidth }}
        tabIndex={active === 0 ? 0 : -1}
        data-at="0/0"
      >
        <span>
          {corner.down} <Arrow to="down" />
        </span>
        <span>
          {corner.across} <Arrow to="right" />
        </span>
      </div>
      {columns.map(({ index, start }) => (
        <div
          key={face.columns[index]?.key}
          role="columnheader"
          aria-colindex={index + 2}
          className="huge-head"
          style={{ left: start, width: sizes.width }}
          tabIndex={active === index + 1 ? 0 : -1}
          data-at={`0/${index + 1}`}
        >
          {face.columns[index]?.head}
        </div>
      ))}
    </div>
  );
});

type SideProps = { face: Face; rows: VirtualItem[]; active: number | null };

/**
 * The heads of the rows, in one column that stays where it is while the rest goes by: each by itself in its
 * row would be a layer for the browser to keep. A row owns its head by its id.
 */
export const Side = memo(function Side({ face, rows, active }: SideProps) {
  const { sizes } = face;
  const height = face.rows.length * sizes.height;
  return (
    <div
      role="presentation"
      className="huge-side"
      style={{ marginTop: sizes.headHeight, width: sizes.headWidth, height }}
    >
      {rows.map(({ index, start }) => (
        <div
          key={face.rows[index]?.key}
          id={headId(face, index)}
          role="rowheader"
          aria-colindex={1}
          className="huge-row-head"
          style={{ top: start - sizes.headHeight, height: sizes.height }}
          tabIndex={active === index + 1 ? 0 : -1}
          data-at={`${index + 1}/0`}
        >
          {face.rows[index]?.head}
        </div>
      ))}
    </div>
  );
});

const headId = ({ id }: Face, row: number) => `${id}-row-${row + 1}`;

type RowProps = HeadRowProps & { row: number; top: number };

export const Row = memo(function Row({ face, row, top, columns, active }: RowProps) {
  return (
    <div
      role="row"
      aria-rowindex={row + 2}
      aria-owns={headId(face, row)}
      className="huge-row"
      style={{ top, height: face.sizes.height }}
    >
      {columns.map(({ index, start }) => (
        <Square
          key={face.columns[index]?.key}
          {...{ face, row, column: index, left: start }}
          stamp={face.stampOf(row, index)}
          isActive={active === index + 1}
        />
      ))}
    </div>
  );
});

type SquareProps = {
  face: Face;
  row: number;
  column: number;
  left: number;
  stamp: number;
  isActive: boolean;
};

/** Drawn anew only when it looks different, however much has changed around it. */
const Square = memo(
  function Square({ face, row, column, left, isActive }: SquareProps) {
    return (
      <div
        role="gridcell"
        aria-colindex={column + 2}
        className="huge-cell"
        style={{ left, width: face.sizes.width }}
        tabIndex={isActive ? 0 : -1}
        data-at={`${row + 1}/${column + 1}`}
        data-self={face.isSelf(row, column) || undefined}
      >
        {face.draw(row, column)}
      </div>
    );
  },
  (a, b) =>
    a.face.frame === b.face.frame &&
    a.stamp === b.stamp &&
    a.left === b.left &&
    a.row === b.row &&
    a.column === b.column &&
    a.isActive === b.isActive,
);

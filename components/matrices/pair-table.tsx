import type { ReactNode } from "react";
import { EntryHead } from "@/components/entries/entry-head";
import { Arrow } from "@/components/ui/arrow";
import type { Grid } from "@/lib/matrices/schema";
import { Columns } from "./columns";
import { cellsOfPair, isSelfPair, type Slots } from "./slots";

export type Pair = { row: number; column: number };

type Props = {
  grid: Grid;
  slots: Slots;
  labels: Readonly<Record<string, string>>;
  caption: ReactNode;
  /** What a pair shows. */
  draw(pair: Pair): ReactNode;
  /** An anchor for each pair, unless the page draws the same pair twice. */
  isAnchored: boolean;
};

/** Role by role: who plays the first makes the rows, who plays the second the columns. */
export function PairTable({ grid, slots, labels, caption, draw, isAnchored }: Props) {
  const { rows: rowRole, columns: columnRole } = grid.roles;
  return (
    <table className="matrix">
      <caption>{caption}</caption>
      <Columns count={grid.columns.length + 1} />
      <thead>
        <tr className="matrix-roles">
          <td rowSpan={2}>
            {labels[rowRole] ?? rowRole} <Arrow to="down" />
          </td>
          <th scope="colgroup" colSpan={grid.columns.length}>
            {labels[columnRole ?? ""] ?? columnRole} <Arrow to="right" />
          </th>
        </tr>
        <tr className="matrix-entries">
          {grid.columns.map((column) => (
            <th key={column.entry} scope="col">
              <EntryHead {...column} />
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {grid.rows.map((row, at) => (
          <tr key={row.entry}>
            <th scope="row">
              <span className="row-role">{rowRole}</span>
              <EntryHead {...row} />
            </th>
            {grid.columns.map((column, columnAt) => (
              <PairCell
                key={column.entry}
                {...{ grid, slots, draw, isAnchored }}
                pair={{ row: at, column: columnAt }}
              />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

type CellProps = Omit<Props, "labels" | "caption"> & { pair: Pair };

function PairCell({ grid, slots, pair, draw, isAnchored }: CellProps) {
  const row = grid.rows[pair.row];
  const column = grid.columns[pair.column];
  if (!row || !column) return <td />;
  const isSelf = isSelfPair(row, column);
  const isEmpty = cellsOfPair(slots, grid, pair).length === 0;
  return (
    <td
      id={isAnchored ? `${row.entry}--${column.entry}` : undefined}
      data-self={isSelf || undefined}
      data-empty={isEmpty || undefined}
    >
      <span className="pair-peer">
        {grid.roles.columns} <b>{column.name}</b>
      </span>
      {isEmpty && !isSelf && <span className="pair-none">nothing yet</span>}
      {!(isEmpty && isSelf) && draw(pair)}
      {isSelf && <span className="self-tag">self-pair</span>}
    </td>
  );
}

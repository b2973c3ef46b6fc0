import type { ReactNode } from "react";
import { EntryHead } from "@/components/entries/entry-head";
import { Arrow } from "@/components/ui/arrow";
import type { Grid, MatrixCell } from "@/lib/matrices/schema";
import { CellMark, SlotMark } from "./matrix-cell";
import type { MatrixView } from "./read-view";
import { cellsAt, isSameVariant, type Slots, variantsOf } from "./slots";
import { viewHref } from "./view";
import { variantWords } from "./wording";

type Props = {
  grid: Grid;
  slots: Slots;
  labels: Readonly<Record<string, string>>;
  caption: ReactNode;
};

/** A test of one party: tests make the rows, for their titles are long, and entries the columns. */
export function SoloTable({ view, ...props }: Props & { view: MatrixView }) {
  const { grid, slots } = props;
  return (
    <Frame {...props} head="Test">
      {grid.tests.map(({ key, title, level }, test) => (
        <tr key={key}>
          <th scope="row">
            <span className="test-line">
              <a className="test-head" href={viewHref(view, { test: key })}>
                <span className="entry-build">{key}</span>
                <span>{title}</span>
              </a>
              <span className="test-level">{level}</span>
            </span>
          </th>
          {grid.rows.map(({ entry, name }, row) => (
            <td key={entry}>
              <span className="pair-peer">{name}</span>
              <SlotMark
                grid={grid}
                place={{ row, column: null, test }}
                cells={cellsAt(slots, { row, column: null, test })}
                detailsHref={viewHref(view, { test: key })}
              />
            </td>
          ))}
        </tr>
      ))}
    </Frame>
  );
}

/** One such test: its variants make the rows. */
export function SoloVariants(props: Props) {
  const { grid, slots } = props;
  const [test] = grid.tests;
  if (!test) return null;
  const cellsOf = (row: number) => cellsAt(slots, { row, column: null, test: 0 });
  return (
    <Frame {...props} head="Variant">
      {variantsOf(test).map((variant) => (
        <tr key={variantWords(variant)}>
          <th scope="row">
            <span className="test-head">{variantWords(variant) || "the only one"}</span>
          </th>
          {grid.rows.map(({ entry, name }, row) => (
            <td key={entry}>
              <span className="pair-peer">{name}</span>
              <VariantMarks {...{ grid, row, variant }} cells={cellsOf(row)} />
            </td>
          ))}
        </tr>
      ))}
    </Frame>
  );
}

type MarksProps = {
  grid: Grid;
  row: number;
  variant: Record<string, string>;
  cells: readonly MatrixCell[];
};

/** A withheld cell does not say which variant it is of: it stands at each that is not told. */
function VariantMarks({ grid, row, variant, cells }: MarksProps) {
  const place = { row, column: null, test: 0 };
  const told = cells.filter((cell) => "variant" in cell && isSameVariant(cell.variant, variant));
  const withheld = cells.find(({ state }) => state === "withheld");
  if (told.length === 0 && withheld) return <CellMark {...{ grid, place }} cell={withheld} />;
  if (told.length === 0) return <span className="mark mark-empty" aria-hidden="true" />;
  return told.map((cell) => (
    <CellMark key={"id" in cell ? cell.id : "withheld"} {...{ grid, place, cell }} />
  ));
}

type FrameProps = Props & { head: string; children: ReactNode };

function Frame({ grid, labels, caption, head, children }: FrameProps) {
  return (
    <table className="matrix" data-kind="solo">
      <caption>{caption}</caption>
      <thead>
        <tr className="matrix-roles">
          <td rowSpan={2}>
            {head} <Arrow to="down" />
          </td>
          <th scope="colgroup" colSpan={grid.rows.length}>
            {labels[grid.roles.rows] ?? grid.roles.rows} <Arrow to="right" />
          </th>
        </tr>
        <tr className="matrix-entries">
          {grid.rows.map((row) => (
            <th key={row.entry} scope="col">
              <EntryHead {...row} />
            </th>
          ))}
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  );
}

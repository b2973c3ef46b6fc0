import type { ReactNode } from "react";
import { EntryHead } from "@/components/entries/entry-head";
import { Arrow } from "@/components/ui/arrow";
import type { Grid, MatrixCell } from "@/lib/matrices/schema";
import { Columns } from "./columns";
import { type Look, lookHref, openingAt } from "./look";
import { CellMark, EmptyMark, SlotMark } from "./matrix-cell";
import { cellsAt, isSameVariant, type Slots, variantsOf } from "./slots";
import { variantWords } from "./wording";

type Props = {
  grid: Grid;
  slots: Slots;
  labels: Readonly<Record<string, string>>;
  caption: ReactNode;
  look: Look;
};

/** A test of one party: tests make the rows, for their titles are long, and entries the columns. */
export function SoloTable(props: Props) {
  const { grid, slots, look } = props;
  const lines = grid.tests.map(({ key, title, level }, test) => ({
    key,
    head: (
      <span className="test-line">
        <a className="test-head" href={lookHref(look, { test: [key] })}>
          <span className="entry-build">{key}</span>
          <span>{title}</span>
        </a>
        <span className="test-level">{level}</span>
      </span>
    ),
    draw: (row: number) => {
      const place = { row, column: null, test };
      const detailsHref = lookHref(look, { test: [key] });
      return <SlotMark {...{ grid, place, look, detailsHref }} cells={cellsAt(slots, place)} />;
    },
  }));
  return <Lines {...props} lines={lines} label="Test" />;
}

/** One such test: its variants make the rows. */
export function SoloVariants(props: Props) {
  const { grid, slots, look } = props;
  const [test] = grid.tests;
  if (!test) return null;
  const cellsOf = (row: number) => cellsAt(slots, { row, column: null, test: 0 });
  const lines = variantsOf(test).map((variant) => ({
    key: variantWords(variant),
    head: <span className="test-head">{variantWords(variant) || "the only one"}</span>,
    draw: (row: number) => <VariantMarks {...{ grid, look, row, variant }} cells={cellsOf(row)} />,
  }));
  return <Lines {...props} lines={lines} label="Variant" />;
}

type MarksProps = {
  grid: Grid;
  look: Look;
  row: number;
  variant: Record<string, string>;
  cells: readonly MatrixCell[];
};

/** A withheld cell does not say which variant it is of: it stands at each that is not told. */
function VariantMarks({ grid, look, row, variant, cells }: MarksProps) {
  const place = { row, column: null, test: 0 };
  const told = cells.filter((cell) => "variant" in cell && isSameVariant(cell.variant, variant));
  const withheld = cells.find(({ state }) => state === "withheld");
  if (told.length === 0 && withheld) return <CellMark {...{ grid, place, look }} cell={withheld} />;
  if (told.length === 0)
    return <EmptyMark opening={openingAt(look, grid, { ...place, variant })} tab={look} />;
  return told.map((cell) => (
    <CellMark key={"id" in cell ? cell.id : "withheld"} {...{ grid, place, cell, look }} />
  ));
}

type Line = { key: string; head: ReactNode; draw(row: number): ReactNode };
type LinesProps = Props & { lines: readonly Line[]; label: string };

/** Lines make the rows and entries the columns; or the other way round when the view says so. */
function Lines({ grid, labels, caption, look, lines, label }: LinesProps) {
  const entries = grid.rows.map((axis) => ({ ...axis, head: <EntryHead {...axis} /> }));
  const role = labels[grid.roles.rows] ?? grid.roles.rows;
  if (look.view.flip) {
    return (
      <Frame caption={caption} corner={role} across={label} heads={lines}>
        {entries.map(({ entry, head }, row) => (
          <tr key={entry}>
            <th scope="row">{head}</th>
            {lines.map(({ key, head: peer, draw }) => (
              <td key={key}>
                <span className="pair-peer">{peer}</span>
                {draw(row)}
              </td>
            ))}
          </tr>
        ))}
      </Frame>
    );
  }
  const heads = entries.map(({ entry, head }) => ({ key: entry, head }));
  return (
    <Frame caption={caption} corner={label} across={role} heads={heads}>
      {lines.map(({ key, head, draw }) => (
        <tr key={key}>
          <th scope="row">{head}</th>
          {entries.map(({ entry, name }, row) => (
            <td key={entry}>
              <span className="pair-peer">{name}</span>
              {draw(row)}
            </td>
          ))}
        </tr>
      ))}
    </Frame>
  );
}

type FrameProps = {
  caption: ReactNode;
  corner: string;
  across: string;
  heads: readonly { key: string; head: ReactNode }[];
  children: ReactNode;
};

function Frame({ caption, corner, across, heads, children }: FrameProps) {
  return (
    <table className="matrix" data-kind="solo">
      <caption>{caption}</caption>
      <Columns count={heads.length + 1} />
      <thead>
        <tr className="matrix-roles">
          <td rowSpan={2}>
            {corner} <Arrow to="down" />
          </td>
          <th scope="colgroup" colSpan={heads.length}>
            {across} <Arrow to="right" />
          </th>
        </tr>
        <tr className="matrix-entries">
          {heads.map(({ key, head }) => (
            <th key={key} scope="col">
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  );
}

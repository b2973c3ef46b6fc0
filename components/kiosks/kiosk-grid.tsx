import { Sign } from "@/components/cells/sign";
import { Arrow } from "@/components/ui/arrow";
import { ScrollRegion } from "@/components/ui/scroll-region";
import { pairsIn } from "@/lib/kiosks/rules";
import type { Axis, Grid } from "@/lib/matrices/schema";
import { numbersIn, type Rollup, rollupWords, worstIn } from "@/lib/rollups/rules";

type Props = {
  grid: Grid;
  /** Ids of cells that have changed lately. */
  changed: ReadonlySet<string>;
  /** Nothing else has to find room. */
  isAlone: boolean;
};

/** Who with whom, one mark for all tests of a pair: as few and as large as a room needs. */
export function KioskGrid({ grid, changed, isAlone }: Props) {
  const { rows, columns, roles } = grid;
  const rollupAt = pairsIn(grid);
  const isChanged = changedIn(grid, changed);
  const most = Math.max(rows.length, columns.length);
  return (
    <ScrollRegion label={`Matrix, ${[roles.rows, roles.columns].filter(Boolean).join(" × ")}`}>
      <table
        className="kiosk-grid"
        data-size={sizeOf(most, isAlone)}
        data-tall={columns.length > 6 || undefined}
      >
        <thead>
          <tr>
            <td>
              {roles.columns !== null && (
                <>
                  {roles.rows} <Arrow to="down" /> {roles.columns} <Arrow to="right" />
                </>
              )}
            </td>
            {columns.map(({ entry, name }) => (
              <th key={entry} scope="col">
                <span>{name}</span>
              </th>
            ))}
            {roles.columns === null && <th scope="col">All tests</th>}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, at) => (
            <tr key={row.entry}>
              <th scope="row">{row.name}</th>
              {columns.map((column, columnAt) => (
                <td
                  key={column.entry}
                  data-self={column.entry === row.entry || undefined}
                  data-changed={isChanged(at, columnAt) || undefined}
                >
                  <Mark rollup={rollupAt(at, columnAt)} isSelf={isSelf(row, column)} />
                </td>
              ))}
              {roles.columns === null && (
                <td data-changed={isChanged(at, null) || undefined}>
                  <Mark rollup={rollupAt(at, null)} isSelf={false} />
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}

const isSelf = (row: Axis, column: Axis) => row.entry === column.entry;

/** The fewer there are, the larger they are drawn. */
function sizeOf(most: number, isAlone: boolean): "large" | "middle" | "small" {
  if (isAlone && most <= 5) return "large";
  return most <= 8 ? "middle" : "small";
}

function changedIn({ cells }: Grid, changed: ReadonlySet<string>) {
  const places = new Set(
    cells
      .filter((cell) => "id" in cell && changed.has(cell.id))
      .map(({ row, column }) => `${row} ${column}`),
  );
  return (row: number, column: number | null) => places.has(`${row} ${column}`);
}

/** The sign of what wants attention first, and how many of those run passed. */
function Mark({ rollup, isSelf: isOwn }: { rollup: Rollup; isSelf: boolean }) {
  const said = worstIn(rollup);
  if (said === null) return isOwn ? null : <span className="kiosk-untold">untested</span>;
  const { passed, run } = numbersIn(rollup);
  return (
    <span className="kiosk-mark" role="img" aria-label={rollupWords(rollup)}>
      <Sign sign={said.state === "withheld" ? { state: "withheld", outcome: null } : said} />
      {run > 0 && (
        <span aria-hidden="true">
          {passed}/{run}
        </span>
      )}
    </span>
  );
}

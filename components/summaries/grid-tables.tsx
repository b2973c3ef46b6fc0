import { ScrollRegion } from "@/components/ui/scroll-region";
import type { GridSummary, Tally } from "@/lib/summaries/schema";
import { tallyWords } from "@/lib/twins/rules";

const COUNTS = [
  ["executed", "Tried"],
  ["confirmed", "Confirmed"],
  ["passed", "Passed"],
  ["disputed", "Disputed"],
  ["withheld", "Withheld"],
] as const;

const isKnown = ({ executed, withheld }: Tally) => executed + withheld > 0;

/** A grid of the matrix as the account keeps it: counts by test, and by pair. */
export function GridTables({ grid }: { grid: GridSummary }) {
  const { rowRole, columnRole, otherRoles, tests } = grid;
  const roles = [rowRole, ...(columnRole === null ? [] : [columnRole]), ...otherRoles];
  const name = roles.join(" × ");
  const known = tests.filter(isKnown);
  const others = tests.length - known.length;
  if (known.length === 0) return null;
  return (
    <>
      <h3>{name}</h3>
      <table className="list summary-tests" data-dense>
        <caption className="sr-only">{name}, by test</caption>
        <thead>
          <tr>
            <th scope="col">Test</th>
            {COUNTS.map(([key, label]) => (
              <th key={key} scope="col" className="number">
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {known.map((test) => (
            <tr key={test.key}>
              <th scope="row">
                <code>{test.key}</code> {test.title}
                {test.measured && <span className="text-soft"> (valid measurements)</span>}
              </th>
              {COUNTS.map(([key, label]) => (
                <td key={key} className="number" data-label={label}>
                  {test[key]}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {others > 0 && (
        <p className="text-small text-soft">
          {others === 1 ? "1 further test was" : `${others} further tests were`} not tried.
        </p>
      )}
      <PairTable grid={grid} name={name} />
    </>
  );
}

function PairTable({ grid, name }: { grid: GridSummary; name: string }) {
  const { rows, columns, columnRole, pairs, unnamed } = grid;
  const usedRows = rows.map((_, at) => at).filter((at) => pairs.some(({ row }) => row === at));
  const usedColumns = columns
    .map((_, at) => at)
    .filter((at) => pairs.some(({ column }) => column === at));
  const tallyAt = (row: number, column: number | null) =>
    pairs.find((pair) => pair.row === row && pair.column === column);
  if (usedRows.length === 0) return <Unnamed count={unnamed} />;
  const heads = columnRole === null ? ["All tests"] : usedColumns.map((at) => columns[at] ?? "");
  const across: readonly (number | null)[] = columnRole === null ? [null] : usedColumns;
  return (
    <>
      <p className="summary-pairs-note">
        Passed / confirmed
        {columnRole !== null && `; rows ${grid.rowRole}, columns ${columnRole}`}
      </p>
      <ScrollRegion label={`${name}, by entry`}>
        <table className="summary-pairs">
          <caption className="sr-only">{name}, by entry: passed / confirmed</caption>
          <thead>
            <tr>
              <th scope="col">{grid.rowRole}</th>
              {heads.map((head) => (
                <th key={head} scope="col">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {usedRows.map((row) => (
              <tr key={row}>
                <th scope="row">{rows[row]}</th>
                {across.map((column) => (
                  <td key={column}>
                    <Pair tally={tallyAt(row, column)} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
      <Unnamed count={unnamed} />
    </>
  );
}

function Pair({ tally }: { tally: Tally | undefined }) {
  if (!tally || !isKnown(tally)) return <span className="text-faint">·</span>;
  const { executed, confirmed, passed, disputed, withheld } = tally;
  const unconfirmed = executed - confirmed - disputed;
  return (
    <>
      <span className="sr-only">{tallyWords(tally)}</span>
      <span aria-hidden="true" className="summary-pair">
        {confirmed > 0 && (
          <b>
            {passed}/{confirmed}
          </b>
        )}
        {unconfirmed > 0 && <span>{unconfirmed} unconfirmed</span>}
        {disputed > 0 && <span className="text-state-disputed">{disputed} disputed</span>}
        {withheld > 0 && <span className="text-soft">{withheld} withheld</span>}
      </span>
    </>
  );
}

function Unnamed({ count }: { count: number }) {
  if (count === 0) return null;
  return (
    <p className="text-small text-soft">
      {count === 1 ? "One more entry is" : `${count} more entries are`} not named, with all of{" "}
      {count === 1 ? "its" : "their"} cells withheld.
    </p>
  );
}

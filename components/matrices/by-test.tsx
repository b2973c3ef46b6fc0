import { Sign } from "@/components/cells/sign";
import type { Grid, GridTest, MatrixCell } from "@/lib/matrices/schema";
import { type Look, lookHref } from "./look";
import { worstFirst } from "./slots";
import { declaredVariants, shortWords } from "./wording";

type Props = { grid: Grid; look: Look };

/** The tests of a grid with what they came to, and the way to each test's own matrix. */
export function ByTest({ grid, look }: Props) {
  return (
    <table className="list" data-dense="true">
      <caption className="sr-only">The tests of this grid</caption>
      <thead>
        <tr>
          <th scope="col">Test</th>
          <th scope="col">Level</th>
          <th scope="col" className="number">
            Variants
          </th>
          <th scope="col">Cells so far</th>
        </tr>
      </thead>
      <tbody>
        {grid.tests.map((test, at) => (
          <tr key={test.key}>
            <th scope="row">
              <a className="test-head" href={lookHref(look, { test: [test.key] })}>
                <span className="entry-build">{test.key}</span>
                <span>{test.title}</span>
              </a>
            </th>
            <td data-label="Level">{test.level}</td>
            <td data-label="Variants" className="number">
              {declaredVariants(test)}
            </td>
            <td data-label="Cells so far">
              <Tally test={test} cells={grid.cells.filter((cell) => cell.test === at)} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Tally({ test, cells }: { test: GridTest; cells: readonly MatrixCell[] }) {
  if (cells.length === 0) return <span className="text-faint">none</span>;
  const kinds = new Map<string, { cell: MatrixCell; count: number }>();
  for (const cell of worstFirst(cells)) {
    const kind = kinds.get(shortWords(cell)) ?? { cell, count: 0 };
    kinds.set(shortWords(cell), { ...kind, count: kind.count + 1 });
  }
  return (
    <span className="tally">
      {[...kinds].map(([words, { cell, count }]) => (
        <span key={`${test.key} ${words}`} className="tally-kind" title={words}>
          <Sign
            sign={{ state: cell.state, outcome: "outcome" in cell ? cell.outcome : null }}
            size={18}
          />
          <span>{count}</span>
          <span className="sr-only">{words}</span>
        </span>
      ))}
    </span>
  );
}

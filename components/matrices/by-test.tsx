import { Sign } from "@/components/cells/sign";
import type { Grid, GridTest, MatrixCell } from "@/lib/matrices/schema";
import { type Look, lookHref } from "./look";
import { worstFirst } from "./slots";
import { declaredVariants, shortWords } from "./wording";

/** Cells that say the same, and how many they are. */
export type Kind = { cell: MatrixCell; count: number };

type Props = {
  tests: readonly GridTest[];
  look: Look;
  /** What was told of each test, by its place in the list. */
  kindsOf(test: number): readonly Kind[];
  /** How many pairs of different entries there are; null where third parties make more. */
  pairs: number | null;
};

/** The tests of a grid with what they came to, and the way to each test's own matrix. */
export function ByTest({ tests, look, kindsOf, pairs }: Props) {
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
        {tests.map((test, at) => (
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
              <Tally
                test={test}
                kinds={kindsOf(at)}
                of={pairs === null ? null : pairs * declaredVariants(test)}
              />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The kinds of cells of each test of a grid. */
export function kindsIn({ tests, cells }: Grid): Kind[][] {
  const kinds = tests.map((): Kind[] => []);
  for (const cell of worstFirst(cells)) kinds[cell.test]?.push({ cell, count: 1 });
  return kinds.map(byWords);
}

/** Those that are told in the same words as one: what is marked on top is not among the words. */
export function byWords(kinds: readonly Kind[]): Kind[] {
  const together = new Map<string, Kind>();
  for (const { cell, count } of kinds) {
    const words = shortWords(cell);
    const before = together.get(words);
    together.set(words, { cell: before?.cell ?? cell, count: (before?.count ?? 0) + count });
  }
  return [...together.values()];
}

/** Pairs of different entries of a grid; null where there are third parties. */
export function pairsIn({ rows, columns, roles }: Pick<Grid, "rows" | "columns" | "roles">) {
  if (roles.others.length > 0) return null;
  const across = new Set(columns.map(({ entry }) => entry));
  return rows.length * columns.length - rows.filter(({ entry }) => across.has(entry)).length;
}

type TallyProps = { test: GridTest; kinds: readonly Kind[]; of: number | null };

function Tally({ test, kinds, of }: TallyProps) {
  const among = of === null ? "" : ` of ${of} ${of === 1 ? "combination" : "combinations"}`;
  if (kinds.length === 0) return <span className="text-faint">none{among}</span>;
  return (
    <span className="tally">
      {kinds.map(({ cell, count }) => {
        const words = shortWords(cell);
        return (
          <span key={`${test.key} ${words}`} className="tally-kind" title={words}>
            <Sign
              sign={{ state: cell.state, outcome: "outcome" in cell ? cell.outcome : null }}
              size={18}
            />
            <span>{count}</span>
            <span className="sr-only">{words}</span>
          </span>
        );
      })}
      {among && <span className="text-faint">{among}</span>}
    </span>
  );
}

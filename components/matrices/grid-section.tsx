import { ScrollRegion } from "@/components/ui/scroll-region";
import { type DrawnGrid, isPlayed, sheetNumbers } from "@/lib/drawings/rules";
import type { Grid } from "@/lib/matrices/schema";
import { oneTest } from "@/lib/views/rules";
import { ByTest, kindsIn, pairsIn } from "./by-test";
import { CountsBar, countsWords, sheetWords } from "./counts";
import { type Look, loudOf } from "./look";
import { PairRollUp, PairSlots, PairVariants } from "./pair-slots";
import { type Pair, PairTable } from "./pair-table";
import { type Slots, slotsOf } from "./slots";
import { SoloTable, SoloVariants } from "./solo-table";
import { declaredVariants } from "./wording";

type Labels = Readonly<Record<string, string>>;

/** Beyond these, a pair shows one mark for all its tests. */
const MOST_TESTS = 24;
const MOST_MARKS = 4000;

type Props = { drawn: DrawnGrid; labels: Labels; look: Look };

/** One grid of a track: its numbers, its table, and its tests. */
export function GridSection({ drawn, labels, look }: Props) {
  const { grid, whole, part } = drawn;
  const title = titleOf(whole, labels);
  const name = part ? `${title}: ${part}` : title;
  const id = `grid-${name.replaceAll(/\W+/g, "-")}`;
  return (
    <section className="grid-section" aria-labelledby={id}>
      <h2 id={id}>
        {title}
        {part && <span className="grid-part">{part}</span>}
      </h2>
      {isPlayed(whole) ? (
        <>
          <ScrollRegion label={`Matrix, ${name}`}>
            <GridTable {...{ drawn, labels, look }} slots={slotsOf(grid)} />
          </ScrollRegion>
          {grid.roles.columns !== null && !look.view.test && !look.view.entry && (
            <TestsOf grid={grid} look={look} />
          )}
        </>
      ) : (
        <NotApplicable grid={whole} labels={labels} />
      )}
    </section>
  );
}

function TestsOf({ grid, look }: { grid: Grid; look: Look }) {
  const kinds = kindsIn(grid);
  return (
    <ByTest
      tests={grid.tests}
      look={look}
      kindsOf={(test) => kinds[test] ?? []}
      pairs={pairsIn(grid)}
    />
  );
}

export const titleOf = ({ roles }: Pick<Grid, "roles">, labels: Labels) =>
  [roles.rows, ...(roles.columns === null ? [] : [roles.columns]), ...roles.others]
    .map((role) => labels[role] ?? role)
    .join(" × ");

function GridTable({ drawn, labels, look, slots }: Props & { slots: Slots }) {
  const { grid, part } = drawn;
  const caption = <Caption {...{ drawn, look, labels }} />;
  const isOneTest = oneTest(look.view) !== undefined;
  if (grid.roles.columns === null) {
    const props = { grid, slots, labels, caption, look };
    return isOneTest ? <SoloVariants {...props} /> : <SoloTable {...props} />;
  }
  const draw = (pair: Pair) => {
    const props = { grid, slots, look, pair };
    if (isOneTest) return <PairVariants {...props} />;
    return isTooMany(grid) ? <PairRollUp {...props} /> : <PairSlots {...props} />;
  };
  return <PairTable {...{ grid, slots, labels, caption, draw }} isAnchored={part === null} />;
}

const isTooMany = ({ tests, rows, columns }: Grid) =>
  tests.length > MOST_TESTS || tests.length * rows.length * columns.length > MOST_MARKS;

/** The numbers are the whole grid's, whatever the filter leaves of it. */
function Caption({ drawn, look, labels }: Props) {
  const { grid, whole, hidden, sheet } = drawn;
  const [test] = grid.tests;
  const own = sheet && sheetNumbers(whole, sheet);
  const other = whole.roles[sheet?.axis === "rows" ? "columns" : "rows"] ?? "";
  const shown = loudOf(grid.cells, look).length;
  const isPart = shown < whole.cells.length;
  return (
    <div className="grid-caption">
      {oneTest(look.view) && test && (
        <p className="grid-test">
          <span className="entry-build">{test.key}</span> {test.title}
          <span className="text-soft">
            {" "}
            ({test.level}; {declaredVariants(test)}{" "}
            {declaredVariants(test) === 1 ? "variant" : "variants"})
          </span>
        </p>
      )}
      {own && <p>{sheetWords(own, labels[other] ?? other)}</p>}
      <p>
        {isPart && `Showing ${shown} of ${whole.cells.length} cells. `}
        {(isPart || look.isPart) && "The whole grid: "}
        {countsWords(whole.counts)}
      </p>
      {hidden > 0 && <p>{hiddenWords(hidden)}</p>}
      {!isPart && <CountsBar counts={whole.counts} />}
    </div>
  );
}

const hiddenWords = (hidden: number) =>
  hidden === 1
    ? "One row, column or test with nothing else to show is left out."
    : `${hidden} rows, columns and tests with nothing else to show are left out.`;

/** A role that nobody plays is said, so that an absent table is not taken for an untested one. */
function NotApplicable({ grid, labels }: { grid: Grid; labels: Labels }) {
  const { tests } = grid;
  return (
    <p className="not-applicable">
      <b>Not applicable.</b> {missingWords(grid, labels)}, so{" "}
      {tests.length === 1 ? "this test cannot" : `these ${tests.length} tests cannot`} be run:{" "}
      {tests.map(({ key, title }) => `${key} ${title}`).join("; ")}.
    </p>
  );
}

function missingWords({ roles, rows, columns }: Grid, labels: Labels): string {
  const missing = [
    ...(rows.length === 0 ? [roles.rows] : []),
    ...(roles.columns !== null && columns.length === 0 ? [roles.columns] : []),
  ];
  const named = missing.length > 0 ? missing : roles.others;
  if (named.length === 0) return "No two different entries play these roles";
  return `No entry here plays ${named.map((role) => labels[role] ?? role).join(" or ")}`;
}

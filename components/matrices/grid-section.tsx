import { ScrollRegion } from "@/components/ui/scroll-region";
import type { Grid } from "@/lib/matrices/schema";
import { ByTest } from "./by-test";
import { CountsBar, countsWords } from "./counts";
import { PairRollUp, PairSlots, PairVariants } from "./pair-slots";
import { type Pair, PairTable } from "./pair-table";
import type { MatrixView } from "./read-view";
import { type Slots, slotsOf } from "./slots";
import { SoloTable, SoloVariants } from "./solo-table";
import type { DrawnGrid } from "./view";
import { declaredVariants } from "./wording";

type Labels = Readonly<Record<string, string>>;

/** Beyond these, a pair shows one mark for all its tests. */
const MOST_TESTS = 24;
const MOST_MARKS = 4000;

type Props = { drawn: DrawnGrid; labels: Labels; view: MatrixView };

/** One grid of a track: its numbers, its table, and its tests. */
export function GridSection({ drawn, labels, view }: Props) {
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
            <GridTable {...{ drawn, labels, view }} slots={slotsOf(grid)} />
          </ScrollRegion>
          {grid.roles.columns !== null && !view.test && !view.entry && (
            <ByTest grid={grid} view={view} />
          )}
        </>
      ) : (
        <NotApplicable grid={whole} labels={labels} />
      )}
    </section>
  );
}

const titleOf = ({ roles }: Grid, labels: Labels) =>
  [roles.rows, ...(roles.columns === null ? [] : [roles.columns]), ...roles.others]
    .map((role) => labels[role] ?? role)
    .join(" × ");

/** What was seen counts as played, whatever the entries had said of their roles. */
const isPlayed = ({ counts, cells }: Grid) => counts.applicable > 0 || cells.length > 0;

function GridTable({ drawn, labels, view, slots }: Props & { slots: Slots }) {
  const { grid, part } = drawn;
  const caption = <Caption drawn={drawn} view={view} />;
  const isOneTest = view.test !== undefined;
  if (grid.roles.columns === null) {
    const props = { grid, slots, labels, caption };
    return isOneTest ? <SoloVariants {...props} /> : <SoloTable {...props} view={view} />;
  }
  const draw = (pair: Pair) => {
    const props = { grid, slots, view, pair };
    if (isOneTest) return <PairVariants {...props} />;
    return isTooMany(grid) ? <PairRollUp {...props} /> : <PairSlots {...props} />;
  };
  return <PairTable {...{ grid, slots, labels, caption, draw }} isAnchored={part === null} />;
}

const isTooMany = ({ tests, rows, columns }: Grid) =>
  tests.length > MOST_TESTS || tests.length * rows.length * columns.length > MOST_MARKS;

/** The numbers are the whole grid's, whatever the filter leaves of it. */
function Caption({ drawn: { grid, whole }, view }: { drawn: DrawnGrid; view: MatrixView }) {
  const [test] = grid.tests;
  const isPart = grid.cells.length < whole.cells.length;
  return (
    <div className="grid-caption">
      {view.test && test && (
        <p className="grid-test">
          <span className="entry-build">{test.key}</span> {test.title}
          <span className="text-soft">
            {" "}
            ({test.level}; {declaredVariants(test)}{" "}
            {declaredVariants(test) === 1 ? "variant" : "variants"})
          </span>
        </p>
      )}
      <p>
        {isPart && `Showing ${grid.cells.length} of ${whole.cells.length} cells. The whole grid: `}
        {countsWords(whole.counts)}
      </p>
      {!isPart && <CountsBar counts={whole.counts} />}
    </div>
  );
}

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

import { variantWords } from "@/components/matrices/wording";
import { EmptyState } from "@/components/shell/empty-state";
import { Moment } from "@/components/ui/moment";
import { STATE_SIGNS } from "@/lib/cells/rules";
import {
  BASELINE_SIDE,
  DIFFERENCES,
  type Difference,
  type Differing,
  type MatrixDiff,
} from "@/lib/diffs/schema";
import { OUTCOME_SIGNS } from "@/lib/outcomes/rules";

const WORDS = {
  regressed: "Regressed",
  fixed: "Fixed",
  changed: "Changed",
  new: "New",
  gone: "Gone",
} as const satisfies Record<Difference, string>;

/** Beside the baseline a cell that has no word yet is not gone, and one more was not expected. */
const EXPECTED_WORDS = { ...WORDS, gone: "Not tested", new: "Not expected" } as const;

const isExpected = ({ from }: MatrixDiff) => from.side === BASELINE_SIDE;

/** More than these are read as data. */
const MOST = 500;

type Props = { diff: MatrixDiff; zone: string };

/** How two matrices differ: counts with their denominator, and the cells, the gravest first. */
export function Differences({ diff, zone }: Props) {
  const { counts, compared, same, withheld, cells } = diff;
  const words = isExpected(diff) ? EXPECTED_WORDS : WORDS;
  return (
    <section className="block" aria-labelledby="differences">
      <h2 id="differences">
        {cells.length} of {compared} cells differ
      </h2>
      <p>
        {DIFFERENCES.map((kind) => `${counts[kind]} ${words[kind].toLowerCase()}`).join(", ")},{" "}
        {same} the same.
        {withheld > 0 && ` ${withheld} places are withheld on a side and not compared.`}
      </p>
      {cells.length === 0 ? (
        <EmptyState title={isExpected(diff) ? "All is as expected." : "No cell differs."}>
          <p>
            {isExpected(diff)
              ? "What breaks from now on stands here."
              : "Choose an earlier moment, another build or another edition."}
          </p>
        </EmptyState>
      ) : (
        <table className="list" data-dense="true">
          <caption className="sr-only">Cells that differ, the gravest first</caption>
          <thead>
            <tr>
              <th scope="col">How</th>
              <th scope="col">Test and parties</th>
              <th scope="col">Before</th>
              <th scope="col">After</th>
            </tr>
          </thead>
          <tbody>
            {cells.slice(0, MOST).map((cell) => (
              <Line
                key={JSON.stringify([cell.grid, cell.test, cell.parties, cell.variant])}
                cell={cell}
                word={words[cell.kind]}
                zone={zone}
              />
            ))}
          </tbody>
        </table>
      )}
      {cells.length > MOST && (
        <p className="text-small">
          The first {MOST} of {cells.length}; the data below has all of them.
        </p>
      )}
    </section>
  );
}

type LineProps = { cell: Differing; word: string; zone: string };

const Line = ({ cell, word, zone }: LineProps) => (
  <tr>
    <td data-label="How">{word}</td>
    <th scope="row">
      {cell.test}
      {Object.keys(cell.variant).length > 0 && ` (${variantWords(cell.variant)})`}:{" "}
      {Object.entries(cell.parties)
        .map(([role, name]) => `${role} ${name}`)
        .join(", ")}
    </th>
    <td data-label="Before">
      <Said said={cell.before} zone={zone} />
    </td>
    <td data-label="After">
      <Said said={cell.after} zone={zone} />
    </td>
  </tr>
);

function Said({ said, zone }: { said: Differing["before"]; zone: string }) {
  if (said === null) return <span className="text-faint">not there</span>;
  const outcome = said.outcome ? ` ${OUTCOME_SIGNS[said.outcome].label.toLowerCase()}` : "";
  return (
    <>
      <a className="text-link" href={said.url}>
        {said.state === "expected" ? "Expected" : STATE_SIGNS[said.state].label}
        {outcome}
      </a>
      {said.latestAt !== null && (
        <span className="text-faint text-small">
          {" "}
          <Moment at={said.latestAt} zone={zone} />
        </span>
      )}
    </>
  );
}

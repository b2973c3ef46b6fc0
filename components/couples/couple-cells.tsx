import { Sign } from "@/components/cells/sign";
import { shortWords, variantWords } from "@/components/matrices/wording";
import { Moment } from "@/components/ui/moment";
import type { CoupleCell, CoupleParty } from "@/lib/couples/schema";

type Props = { caption: string; cells: readonly CoupleCell[]; zone: string };

/** The cells of two projects in one assignment of roles, a row for each. */
export function CoupleCells({ caption, cells, zone }: Props) {
  return (
    <table className="list couple-cells">
      <caption>{caption}</caption>
      <thead>
        <tr>
          <th scope="col">Test</th>
          <th scope="col">Outcome</th>
          <th scope="col">Builds</th>
          <th scope="col">When</th>
        </tr>
      </thead>
      <tbody>
        {keyed(cells).map(([key, cell]) => (
          <tr key={key}>
            <th scope="row">
              <code>{cell.test.key}</code> {cell.test.title}
              {cell.state !== "withheld" && variantWords(cell.variant) && (
                <>
                  {" "}
                  <code className="badge">{variantWords(cell.variant)}</code>
                </>
              )}
            </th>
            <td data-label="Outcome">
              <CoupleMark cell={cell} />
            </td>
            <td data-label="Builds">
              <Builds cell={cell} />
            </td>
            <td data-label="When">
              {cell.state !== "withheld" && cell.latestAt ? (
                <Moment at={cell.latestAt} zone={zone} />
              ) : (
                <span className="text-faint">not told</span>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Several withheld cells of a test have nothing else that would tell them apart. */
const keyed = (cells: readonly CoupleCell[]): [string, CoupleCell][] =>
  cells.map((cell, at) => [cell.state === "withheld" ? `withheld ${at}` : cell.id, cell]);

const STALE = "another build or test version is current now";

function CoupleMark({ cell }: { cell: CoupleCell }) {
  if (cell.state === "withheld") {
    return (
      <span className="couple-mark">
        <Sign sign={{ state: "withheld", outcome: null }} /> withheld
      </span>
    );
  }
  return (
    <span className="couple-mark">
      <Sign sign={cell} />
      <a className="text-link" href={cell.url}>
        {shortWords(cell)}
        <span className="sr-only">: {cell.test.key}</span>
      </a>
      {cell.overlays.includes("stale") && <span title={STALE}>stale</span>}
      {cell.overlays.includes("flaky") && <span>flaky</span>}
      {cell.overlays.includes("knownIssue") && <span>known issue</span>}
    </span>
  );
}

function Builds({ cell }: { cell: CoupleCell }) {
  if (cell.state === "withheld") return <span className="text-faint">not told</span>;
  return (
    <span className="entry-tracks">
      {cell.parties.map((party) => (
        <span key={`${party.role} ${party.entry}`}>
          {party.name} <BuildLabel party={party} />
        </span>
      ))}
    </span>
  );
}

const BuildLabel = ({ party }: { party: CoupleParty }) =>
  party.build === null ? (
    <span className="text-faint">no build named</span>
  ) : (
    <code>{party.build}</code>
  );

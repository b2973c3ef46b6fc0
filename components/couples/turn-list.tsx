import { Sign } from "@/components/cells/sign";
import { variantWords } from "@/components/matrices/wording";
import { assignmentOf } from "@/lib/couples/rules";
import type { Turn } from "@/lib/couples/schema";

/** What was fixed and what fell back, each with the two cells that say so. */
export function TurnList({ turns }: { turns: readonly Turn[] }) {
  return (
    <table className="list">
      <caption className="sr-only">Tests that turned between editions</caption>
      <thead>
        <tr>
          <th scope="col">Test</th>
          <th scope="col">Now</th>
          <th scope="col">Between</th>
        </tr>
      </thead>
      <tbody>
        {turns.map(({ kind, cell, before, now }) => (
          <tr key={cell.id}>
            <th scope="row">
              <code>{cell.test.key}</code> {cell.test.title} {variantWords(cell.variant)}
              <span className="track-lead">{assignmentOf(cell.parties)}</span>
            </th>
            <td data-label="Now">
              <span className="couple-mark">
                <Sign sign={cell} /> {kind}
              </span>
            </td>
            <td data-label="Between">
              <a className="text-link" href={before.url}>
                {before.event}
              </a>{" "}
              and{" "}
              <a className="text-link" href={now.url}>
                {now.event}
              </a>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

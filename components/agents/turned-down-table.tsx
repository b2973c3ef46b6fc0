import { Moment } from "@/components/ui/moment";
import type { TurnedDown } from "@/lib/agents/schema";

type Props = { zone: string; items: readonly TurnedDown[] };

/** Items that were not taken, with the reason, and as they were sent. */
export function TurnedDownTable({ zone, items }: Props) {
  return (
    <table className="list" data-dense="true">
      <caption className="sr-only">Items not taken</caption>
      <thead>
        <tr>
          <th scope="col">Sent</th>
          <th scope="col">Track</th>
          <th scope="col">Why</th>
          <th scope="col">Where</th>
          <th scope="col">As sent</th>
        </tr>
      </thead>
      <tbody>
        {items.map((item) => (
          <tr key={`${item.run} ${item.code} ${item.raw}`}>
            <th scope="row">
              <Moment at={item.at} zone={zone} />
            </th>
            <td data-label="Track">{item.track}</td>
            <td data-label="Why">
              <span>
                {item.detail} <code className="text-faint">{item.code}</code>
              </span>
            </td>
            <td data-label="Where">
              <code>{item.pointer}</code>
            </td>
            <td data-label="As sent">
              <details>
                <summary>{item.id ?? "Show"}</summary>
                <pre className="agent-raw">{item.raw}</pre>
              </details>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

import Link from "next/link";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import type { PlanRow } from "@/lib/plans/schema";

type Props = { path: string; rows: readonly PlanRow[]; mayEdit: boolean };

/** The tests of a plan in their order, with what a lead may do to each. */
export function PlanTable({ path, rows, mayEdit }: Props) {
  return (
    <table className="list" data-dense="true">
      <caption className="sr-only">Tests of the plan, in their order</caption>
      <thead>
        <tr>
          <th scope="col">Test</th>
          <th scope="col">Level</th>
          <th scope="col">Version</th>
          <th scope="col">Results</th>
          {mayEdit && <th scope="col">Order</th>}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.key}>
            <th scope="row">
              <span className="entry-line">
                <Link
                  className="test-head"
                  href={`${path}/${encodeURIComponent(row.key)}`}
                  prefetch={false}
                >
                  <span className="entry-build">{row.key}</span>
                  <span>{row.title}</span>
                </Link>
                {row.retired && <Badge>retired</Badge>}
              </span>
            </th>
            <td data-label="Level">{row.level}</td>
            <td data-label="Version">{row.version}</td>
            <td data-label="Results">{row.hasResults ? "yes" : "none"}</td>
            {mayEdit && (
              <td data-label="Order">{!row.retired && <Moves path={path} row={row} />}</td>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Moves({ path, row }: { path: string; row: PlanRow }) {
  const action = `${path}/${encodeURIComponent(row.key)}`;
  return (
    <span className="plan-moves">
      {(["up", "down"] as const).map((direction) => (
        <form key={direction} method="post" action={`${action}/${direction}`}>
          <Button type="submit" aria-label={`Move ${row.key} ${direction}`}>
            <span aria-hidden="true">{direction === "up" ? "↑" : "↓"}</span>
          </Button>
        </form>
      ))}
    </span>
  );
}

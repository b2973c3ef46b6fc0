import { Badge } from "@/components/ui/badge";
import type { CellPage } from "@/lib/cells/schema";

type Party = CellPage["parties"][number];

/** Who took part, and on which build; said plainly where another build is current now. */
export function PartyBuilds({ parties }: { parties: readonly Party[] }) {
  return (
    <table className="list" data-dense="true">
      <caption className="sr-only">Builds tested, and those that are current</caption>
      <thead>
        <tr>
          <th scope="col">Party</th>
          <th scope="col">Role</th>
          <th scope="col">Tested build</th>
        </tr>
      </thead>
      <tbody>
        {parties.map((party) => (
          <tr key={`${party.role} ${party.entry}`}>
            <th scope="row">
              <span className="entry-line">
                {party.name}
                {party.kind !== "participant" && <Badge>{party.kind}, not under test</Badge>}
              </span>
            </th>
            <td data-label="Role">{party.roleLabel}</td>
            <td data-label="Tested build">
              <span className="entry-line">
                {party.build ? <code>{party.build}</code> : "not told"}
                <Currency {...party} />
              </span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Currency({ build, currentBuild }: Party) {
  if (currentBuild === null) return null;
  if (currentBuild === build) return <span className="text-soft">is current</span>;
  return (
    <b>
      current is <code>{currentBuild}</code>
    </b>
  );
}

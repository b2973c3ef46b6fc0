import type { CellPage } from "@/lib/cells/schema";

/** Who took part, on which build, and which is current now. */
export function PartyBuilds({ parties }: Pick<CellPage, "parties">) {
  return (
    <table className="list" data-dense="true">
      <caption className="sr-only">Builds tested and current</caption>
      <thead>
        <tr>
          <th scope="col">Party</th>
          <th scope="col">Role</th>
          <th scope="col">Tested build</th>
          <th scope="col">Current build</th>
        </tr>
      </thead>
      <tbody>
        {parties.map(({ role, roleLabel, name, kind, build, currentBuild }) => (
          <tr key={`${role} ${name}`}>
            <th scope="row">
              {name}
              {kind !== "participant" && <span className="entry-kind ms-2">{kind}</span>}
            </th>
            <td data-label="Role">{roleLabel}</td>
            <td data-label="Tested build">{build ? <code>{build}</code> : "not told"}</td>
            <td data-label="Current build">
              <CurrentBuild build={build} currentBuild={currentBuild} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function CurrentBuild({
  build,
  currentBuild,
}: {
  build: string | null;
  currentBuild: string | null;
}) {
  if (currentBuild === null) return "not named";
  if (currentBuild === build) return "the same";
  return (
    <span>
      <code>{currentBuild}</code> <b>{build ? "newer than tested" : ""}</b>
    </span>
  );
}

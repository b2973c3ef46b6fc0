import type { ResultLine } from "@/lib/cells/schema";

/** What each party was to do and did, as one result tells it. Columns that nobody filled are left out. */
export function PartyTable({ parties }: Pick<ResultLine, "parties">) {
  const columns = COLUMNS.filter(({ of }) => parties.some((party) => of(party)));
  return (
    <table className="list" data-dense="true" data-fine="true">
      <caption className="sr-only">The parties, as this result tells</caption>
      <thead>
        <tr>
          <th scope="col">Party</th>
          {columns.map(({ head }) => (
            <th key={head} scope="col">
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {parties.map((party) => (
          <tr key={`${party.role} ${party.name}`}>
            <th scope="row">
              <span className="party-role">{party.role}</span> {party.name}
            </th>
            {columns.map(({ head, of, isCode, className }) => (
              <td key={head} data-label={head} className={className}>
                {isCode ? <code className="whitespace-nowrap">{of(party)}</code> : of(party)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

type Party = ResultLine["parties"][number];

const COLUMNS = [
  { head: "Build", of: ({ build }: Party) => build, isCode: true, className: "" },
  // Wide enough for a word such as "established".
  { head: "Got to", of: ({ stage }: Party) => stage, isCode: false, className: "min-w-28" },
  { head: "Expected", of: ({ expected }: Party) => expected, isCode: false, className: "" },
  { head: "Observed", of: ({ observed }: Party) => observed, isCode: false, className: "" },
];

import { Badge } from "@/components/ui/badge";
import { Moment } from "@/components/ui/moment";
import type { BuildLine } from "@/lib/entries/schema";

type Props = { builds: readonly BuildLine[]; zone: string };

/** What was and is run, the current build first. */
export function BuildTable({ builds, zone }: Props) {
  return (
    <table className="list">
      <caption className="sr-only">Builds</caption>
      <thead>
        <tr>
          <th scope="col">Build</th>
          <th scope="col">Commit</th>
          <th scope="col">Put together from</th>
          <th scope="col">Configuration</th>
          <th scope="col">Named</th>
        </tr>
      </thead>
      <tbody>
        {builds.map((build) => (
          <tr key={build.id}>
            <th scope="row">
              <span className="entry-line">
                <code>{build.label}</code>
                <BuildMarks build={build} />
              </span>
            </th>
            <td data-label="Commit">{build.commit && <code>{build.commit}</code>}</td>
            <td data-label="Put together from">
              {build.parts
                .map(({ name, version }) => (version ? `${name} ${version}` : name))
                .join(" + ")}
            </td>
            <td data-label="Configuration">{build.note}</td>
            <td data-label="Named">
              <Moment at={build.createdAt} zone={zone} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

export function BuildMarks({ build }: { build: BuildLine }) {
  return (
    <>
      {build.isCurrent && <Badge>current</Badge>}
      {!build.verified && <Badge>named by an agent, not looked at</Badge>}
    </>
  );
}

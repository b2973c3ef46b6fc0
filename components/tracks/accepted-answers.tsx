import { Badge } from "@/components/ui/badge";
import type { TestPage } from "@/lib/tracks/schema";

type Props = { accepted: TestPage["accepted"]; profile: string };

/** The sources disagree on the right answer; the track judges by one of them. */
export function AcceptedAnswers({ accepted, profile }: Props) {
  return (
    <table className="list" data-dense="true" data-fine="true">
      <caption className="sr-only">Accepted answers by reference profile</caption>
      <thead>
        <tr>
          <th scope="col">Profile</th>
          <th scope="col">Accepts</th>
          <th scope="col">Note</th>
        </tr>
      </thead>
      <tbody>
        {Object.entries(accepted).map(([name, { codes, note }]) => (
          <tr key={name}>
            <th scope="row">
              {name} {name === profile && <Badge>this track’s</Badge>}
            </th>
            <td data-label="Accepts">
              <code>{codes.join(", ") || "none named"}</code>
            </td>
            <td data-label="Note">{note}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

import type { EntryPage } from "@/lib/entries/schema";
import { CAPABILITY_WORDS } from "./capability-words";

type Props = Pick<EntryPage, "capabilities" | "choices">;

/** What an entry says it can do, by track, role and feature. */
export function CapabilityTable({ capabilities, choices }: Props) {
  const tracks = new Map(choices.map((track) => [track.slug, track]));
  return (
    <table className="list" data-dense="true">
      <caption className="sr-only">What it can do</caption>
      <thead>
        <tr>
          <th scope="col">Role</th>
          <th scope="col">Track</th>
          <th scope="col">What of it</th>
          <th scope="col">Supported</th>
        </tr>
      </thead>
      <tbody>
        {capabilities.map(({ track, role, feature, value }) => (
          <tr key={`${track} ${role} ${feature}`}>
            <th scope="row">
              {tracks.get(track)?.roles.find(({ key }) => key === role)?.label ?? role}
            </th>
            <td data-label="Track">{tracks.get(track)?.title ?? track}</td>
            <td data-label="What of it">{feature || "the role itself"}</td>
            <td data-label="Supported">
              <span className="capability" data-value={value}>
                {CAPABILITY_WORDS[value]}
              </span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

import { variantWords } from "@/components/matrices/wording";
import { groupBy } from "@/lib/core/group";
import type { LogChoices, Player } from "@/lib/pairings/schema";
import { openWith } from "./choice";

type Props = { action: string; choices: LogChoices; partner: Player };

/** What the reader's entries and a partner have not tried: one click each to log it. */
export function OpenList({ action, choices, partner }: Props) {
  const open = openWith(choices, partner);
  const name = (slug: string) => choices.track.players.find((player) => player.slug === slug)?.name;
  if (open.length === 0) {
    return (
      <p className="text-soft">
        You and {partner.name} have tried all that you can in {choices.track.title}.
      </p>
    );
  }
  const byTest = groupBy(open, ({ test }) => test);
  return (
    <table className="list" data-dense="true">
      <caption>Untried with {partner.name}; choose one to log it</caption>
      <thead>
        <tr>
          <th scope="col">Test</th>
          <th scope="col">Level</th>
          <th scope="col">Who plays what</th>
        </tr>
      </thead>
      <tbody>
        {[...byTest].map(([test, ways]) => (
          <tr key={test.id}>
            <th scope="row">
              <code>{test.key}</code> {test.title}
            </th>
            <td data-label="Level">{test.level}</td>
            <td data-label="Who plays what">
              <ul className="open-ways">
                {ways.map(({ seats, variant, query }) => (
                  <li key={query}>
                    <a className="text-link" href={`${action}?${query}`}>
                      {seats.map(({ role, entry }) => `${role} ${name(entry) ?? entry}`).join(", ")}
                      {Object.keys(variant).length > 0 && ` (${variantWords(variant)})`}
                    </a>
                  </li>
                ))}
              </ul>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

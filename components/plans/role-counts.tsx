import { type FormState, textOf } from "@/lib/core/form";

type Props = {
  state: FormState;
  roles: readonly { key: string; label: string }[];
  used: readonly { key: string; min: number; max: number }[];
};

/** How many of each of the track's roles a test has: 1 to 1 is required, 0 to 1 optional, 0 to 0 none. */
export function RoleCounts({ state, roles, used }: Props) {
  return (
    <table className="list role-counts" data-dense="true">
      <caption>How many of each role: 1 to 1 is required, 0 to 1 optional, 0 to 0 none.</caption>
      <tbody>
        {roles.map(({ key, label }) => {
          const stored = used.find((role) => role.key === key);
          return (
            <tr key={key}>
              <th scope="row">
                {label} <code>{key}</code>
              </th>
              <td className="form-cell">
                {(["min", "max"] as const).map((bound) => (
                  <label key={bound}>
                    <span>{bound === "min" ? "from" : "to"}</span>
                    <input
                      type="number"
                      name={`role.${bound}.${key}`}
                      min={0}
                      max={16}
                      defaultValue={textOf(
                        state,
                        `role.${bound}.${key}`,
                        String(stored?.[bound] ?? 0),
                      )}
                      aria-label={`${label}, ${bound === "min" ? "at least" : "at most"}`}
                    />
                  </label>
                ))}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
